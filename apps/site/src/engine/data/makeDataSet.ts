import type { PointTable } from '../../protocol/messages.js';
import { datasetInfo } from '../../state/datasets.js';
import type { DatasetKey, Settings } from '../../state/settings.js';
import { streamOf } from '../streams.js';
import { type DataSet, type Samples, type Scale, unscaled } from './dataSet.js';
import { makeSamples } from './makeSamples.js';
import { requirePoints } from './requirePoints.js';

/** Data sets that come in units of their own and are brought to [-1, 1] for the networks. */
const hasOwnUnits: Partial<Readonly<Record<DatasetKey, boolean>>> = { csv: true };
/** The noise of images is the generator's own. */
const hasOwnNoise: Partial<Readonly<Record<DatasetKey, boolean>>> = { glyphs: true };

/**
 * The data of a run: samples, noise, split, and all of it as the networks see it.
 *
 * Noise has the standard deviation `noise` percent of the half-range of the inputs (classes), or of the largest |target|
 * (regression). Points, noise and split have streams of their own.
 *
 * Throws   DataError on points that cannot be used
 */
export function makeDataSet(settings: Settings, points?: PointTable): DataSet {
  const { dataset, noise, dataSeed, testShare } = settings;
  const { inputNames, outputs } = datasetInfo[dataset];
  if (datasetInfo[dataset].task === undefined) requirePoints(points);
  const made = makeSamples(settings, points);
  const inputs = inputNames.length;
  const inputScales = inputNames.map((_, at) =>
    hasOwnUnits[dataset] ? scaleOf(made.x.filter((_, place) => place % inputs === at)) : unscaled,
  );
  const noisy = noise > 0 && !hasOwnNoise[dataset] ? withNoise(made, inputScales, settings) : made;
  const { task, x, y } = noisy;
  const targetScale = hasOwnUnits[dataset] && task === 'regression' ? scaleOf(y) : unscaled;
  const isTest = splitSamples(y.length, testShare / 100, dataSeed);
  const rows = Int32Array.from(isTest.keys());
  return {
    task,
    x,
    y,
    count: y.length,
    inputs,
    outputs,
    isTest,
    trainRows: rows.filter((row) => isTest[row] === 0),
    testRows: rows.filter((row) => isTest[row] === 1),
    inputScales,
    targetScale,
    seenX: x.map((value, at) => seen(value, inputScales[at % inputs])),
    seenY: y.map((value) => seen(value, targetScale)),
  };
}

export function seen(shown: number, { center, half }: Scale): number {
  return (shown - center) / half;
}

/** The interval of the values as [-1, 1]. */
function scaleOf(values: Float32Array): Scale {
  const [least, largest] = [Math.min(...values), Math.max(...values)];
  const half = (largest - least) / 2;
  return { center: (largest + least) / 2, half: half > 0 ? half : 1 };
}

function withNoise(samples: Samples, inputScales: readonly Scale[], { noise, dataSeed }: Settings): Samples {
  const random = streamOf(dataSeed, 'noise');
  const share = noise / 100;
  if (samples.task === 'regression') {
    const largest = samples.y.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    return { ...samples, y: samples.y.map((value) => value + share * largest * random.normal()) };
  }
  const { x } = samples;
  return {
    ...samples,
    x: x.map((value, at) => value + share * inputScales[at % inputScales.length].half * random.normal()),
  };
}

/** 1 for the samples of the test set, at least one on either side. */
function splitSamples(count: number, share: number, seed: number): Uint8Array<ArrayBuffer> {
  const order = streamOf(seed, 'split').shuffle(Int32Array.from({ length: count }, (_, row) => row));
  const tests = Math.min(count - 1, Math.max(1, Math.round(count * share)));
  const isTest = new Uint8Array(count);
  for (const row of order.subarray(0, tests)) isTest[row] = 1;
  return isTest;
}
