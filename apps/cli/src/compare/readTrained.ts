/** @file What a comparison reads off a trained model of tabular data. */
import type { Backend } from '@polyneuron/backend';
import { type Dataset, sliceSplit } from '@polyneuron/datasets/node';
import { type ModelReading, readModel } from '@polyneuron/experiments';
import type { Sequential } from '@tensorflow/tfjs-layers';

const mostFeatures = 16;
/** Test samples at which second derivatives are taken. */
const sampleCount = 256;
/** Of the largest coefficient: terms up to this share are not listed. */
const tolerance = 0.01;

/** Whether inputs are vectors that a reader can look through. */
export function isReadable({ train: { xShape } }: Dataset): boolean {
  return xShape.length === 2 && (xShape[1] as number) <= mostFeatures;
}

/** Of a dataset as the model was trained on it: scaled, where it was scaled. */
export function readTrained(model: Sequential, dataset: Dataset, backend: Backend): Promise<ModelReading> {
  const { x, xShape } = sliceSplit(dataset.test, 0, Math.min(sampleCount, dataset.test.count));
  return readModel(model, {
    names: featureNames(dataset),
    samples: { data: x, shape: xShape },
    backend,
    tolerance,
  });
}

/** `meta.featureNames` where a data set has them, else x1, x2, ... */
export function featureNames({ meta, train: { xShape } }: Dataset): readonly string[] {
  const count = xShape[1] as number;
  const given = meta?.featureNames;
  const isFitting =
    Array.isArray(given) &&
    given.every((name) => typeof name === 'string') &&
    given.length === count &&
    new Set(given).size === count;
  return isFitting ? given : Array.from({ length: count }, (_, at) => `x${at + 1}`);
}
