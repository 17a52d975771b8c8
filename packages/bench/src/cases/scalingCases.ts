import { createRandom } from '@polyneuron/datasets';
import {
  type AxisSeries,
  axisSeries,
  type BenchCase,
  type PlannedLayer,
  type TrainingData,
} from './benchCase.js';

interface Size {
  readonly batch: number;
  readonly width: number;
  readonly depth: number;
}

/** What the other two are while one grows. */
const common: Size = { batch: 64, width: 64, depth: 2 };

const values: { readonly [S in AxisSeries]: readonly number[] } = {
  batch: [1, 4, 16, 64, 256, 1024, 4096],
  width: [8, 32, 128, 512, 2048],
  depth: [1, 2, 4, 8, 16],
};

/** One layer where the width grows: at 2048, one of `quadDense` has 12.6 million weights. */
const widthDepth = 1;

const families = {
  dense: (units: number): PlannedLayer => ({ layer: 'dense', config: { units, activation: 'tanh' } }),
  // A start that keeps signals alive through sixteen layers, and is drawn in linear time.
  quadDense: (units: number): PlannedLayer => ({
    layer: 'quadDense',
    config: { units, activation: 'tanh', start: 'relinear' },
  }),
} as const;
type Family = keyof typeof families;

/** Epochs are whole batches; stock tfjs counts in epochs, and one of a single step would measure its bookkeeping. */
const leastSamples = 64;
const batchesOfData = 2;

/** Training steps of square layers of one kind while batch, width or depth grows: `scaling-dense-width-512`. */
export const scalingCases: readonly BenchCase[] = (Object.keys(families) as Family[]).flatMap((family) =>
  axisSeries.flatMap((series) => values[series].map((value) => scaling(family, series, value))),
);

function scaling(family: Family, series: AxisSeries, value: number): BenchCase {
  const size: Size = { ...common, ...(series === 'width' && { depth: widthDepth }), [series]: value };
  const { batch, width, depth } = size;
  const layers = depth === 1 ? 'one layer' : `${depth} layers`;
  return {
    name: `scaling-${family}-${series}-${value}`,
    title: `${layers} ${family} of ${width} tanh on ${width} features, MSE, SGD 1, batch ${batch}`,
    suite: 'scaling',
    unit: 'ms/step',
    axis: { family, series, value },
    task: {
      kind: 'training',
      layers: Array.from({ length: depth }, () => families[family](width)),
      loss: 'meanSquaredError',
      // Gradients of the mean over all units are small: a step must move weights by more than they are rounded.
      optimizer: { name: 'sgd', learningRate: 1 },
      batch,
      // The interpreter takes microseconds for a weight, and the widest have millions of them.
      distinctSamples: Math.min(batch, width > common.width ? 1 : 2),
      checkedSteps: width > 512 ? 1 : 2,
      data: () => drawData(size),
    },
  };
}

function drawData({ batch, width }: Size): TrainingData {
  const samples = Math.max(leastSamples, batchesOfData * batch);
  const shape = [samples, width];
  const random = createRandom(1);
  const draw = () => Float32Array.from({ length: samples * width }, () => random.normal());
  const x = draw();
  return { samples, x, xShape: shape, y: draw().map(Math.tanh), yShape: shape };
}
