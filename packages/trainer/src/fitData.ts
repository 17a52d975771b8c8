/** @file The data arguments of fit, read and checked before anything is compiled. */
import { ValueError } from '@polyneuron/graph';
import type { DataSource } from './data/hostTensor.js';
import {
  multiplyWeights,
  type OutputWeights,
  type SampleWeightArgument,
  standardizeClassWeights,
  standardizeSampleWeights,
  weightsOfClasses,
} from './data/sampleWeights.js';
import type { FitArgs } from './fitOptions.js';
import type { ModelInternals } from './model/modelInternals.js';
import type { Objectives } from './objective/objectives.js';
import {
  type ResidentData,
  readData,
  requireFiniteData,
  residentData,
  samplesOf,
  sliceData,
} from './training/residentData.js';

export interface FitData {
  readonly training: ResidentData;
  readonly validation: ResidentData | null;
}

export async function readFitData(
  model: ModelInternals,
  objectives: Objectives,
  x: DataSource,
  y: DataSource,
  args: FitArgs,
): Promise<FitData> {
  const { outputNames } = model;
  const data = await readData('fit', model, objectives, x, y);
  const samples = samplesOf(data);
  const sampleWeights = await standardizeSampleWeights('fit', args.sampleWeight, outputNames, samples);
  requireFiniteData('fit', model, data, sampleWeights);
  const classWeights = standardizeClassWeights('fit', args.classWeight, outputNames);
  const trainingWeights = sampleWeights.map((weights, at) => {
    const classWeight = classWeights[at];
    return multiplyWeights(
      weights,
      classWeight && weightsOfClasses('fit', outputNames[at], data.targets[at], classWeight),
    );
  });
  if (args.validationData) {
    return {
      training: residentData('fit', model, objectives, data, trainingWeights),
      validation: await readValidation(model, objectives, args.validationData),
    };
  }
  const splitAt = Math.floor(samples * (1 - validationShare(args.validationSplit, samples)));
  const part = (from: number, to: number, weights: readonly OutputWeights[]) =>
    residentData(
      'fit',
      model,
      objectives,
      sliceData(data, from, to),
      weights.map((one) => one?.subarray(from, to) ?? null),
    );
  return {
    training: part(0, splitAt, trainingWeights),
    validation: splitAt < samples ? part(splitAt, samples, sampleWeights) : null,
  };
}

function validationShare(share: number | undefined | null, samples: number): number {
  if (share === undefined || share === null || share === 0) return 0;
  if (share > 0 && share < 1 && Math.floor(samples * (1 - share)) > 0) return share;
  throw new ValueError({
    subject: 'fit',
    expected: 'validationSplit to be from 0 up to, but not including, 1, and to leave samples to train on',
    received: `${share} of ${samples} samples`,
    fix: 'pass the share of samples to validate with, such as 0.2',
  });
}

async function readValidation(
  model: ModelInternals,
  objectives: Objectives,
  validationData: NonNullable<FitArgs['validationData']>,
): Promise<ResidentData> {
  if (!Array.isArray(validationData) || validationData.length < 2 || validationData.length > 3) {
    throw new ValueError({
      subject: 'fit',
      expected: 'validationData to be [x, y] or [x, y, sampleWeight]',
      received: Array.isArray(validationData) ? `a list of ${validationData.length}` : typeof validationData,
      fix: 'pass a list of two or three',
    });
  }
  const names: [string, string] = ['validation x', 'validation y'];
  const [x, y, sampleWeight] = validationData as readonly [DataSource, DataSource, SampleWeightArgument?];
  const data = await readData('fit', model, objectives, x, y, names);
  const weights = await standardizeSampleWeights('fit', sampleWeight, model.outputNames, samplesOf(data));
  requireFiniteData('fit', model, data, weights, names);
  return residentData('fit', model, objectives, data, weights, names[1]);
}
