/** @file Tasks that are small enough to check in milliseconds: each layer and optimizer of the step cases, each form of product. */
import { testRandom } from '@polyneuron/testing';
import {
  matMulForms,
  type PlannedLayer,
  type Task,
  type TrainingData,
  type TrainingTask,
} from '../../cases/benchCase.js';
import { stepCases } from '../../cases/stepCases.js';

export function smallTraining(
  layers: readonly PlannedLayer[],
  part: Partial<TrainingTask> = {},
): TrainingTask {
  return {
    kind: 'training',
    layers,
    loss: 'meanSquaredError',
    optimizer: { name: 'sgd', learningRate: 0.1 },
    batch: 4,
    distinctSamples: 2,
    data: () => ({
      samples: 12,
      x: Float32Array.from(testRandom(1).normals(12 * 3)),
      xShape: [12, 3],
      y: Float32Array.from(testRandom(2).normals(12 * 2)),
      yShape: [12, 2],
    }),
    ...part,
  };
}

export const outLayer: PlannedLayer = { layer: 'dense', config: { units: 2 } };

const images: Partial<TrainingTask> = {
  data: () => ({
    samples: 12,
    x: Float32Array.from(testRandom(1).normals(12 * 16)),
    xShape: [12, 4, 4, 1],
    y: Float32Array.from(testRandom(2).normals(12 * 2)),
    yShape: [12, 2],
  }),
};

export const smallConvolution = smallTraining(
  [
    { layer: 'conv2d', config: { filters: 2, kernelSize: 2, activation: 'tanh' } },
    { layer: 'maxPool2d', config: { poolSize: 2, strides: 1 } },
    { layer: 'flatten', config: {} },
    { layer: 'activation', config: { activation: 'tanh' } },
    outLayer,
  ],
  images,
);

/** Targets that sum to 1: some frameworks' derivative of the cross-entropy takes that for granted. */
function classes(): TrainingData {
  const y = Float32Array.from({ length: 12 * 2 }, (_, at) => (at % 2 === (at >> 2) % 2 ? 1 : 0));
  return {
    samples: 12,
    x: Float32Array.from(testRandom(1).normals(12 * 3)),
    xShape: [12, 3],
    y,
    yShape: [12, 2],
  };
}

/** Derivatives, which some frameworks lack for images. */
export const convolutionGradients = {
  'stride 2': {
    kind: 'convolution',
    batch: 2,
    image: [5, 5, 3],
    filters: 2,
    kernelSize: 3,
    strides: 2,
    padding: 'valid',
    direction: 'gradient',
  },
  same: {
    kind: 'convolution',
    batch: 1,
    image: [4, 3, 2],
    filters: 3,
    kernelSize: 3,
    strides: 1,
    padding: 'same',
    direction: 'gradient',
  },
} as const satisfies Readonly<Record<string, Task>>;

/** A task of each kind that is no training step and no product. */
export const otherTasks = {
  convolution: {
    kind: 'convolution',
    batch: 2,
    image: [5, 4, 3],
    filters: 2,
    kernelSize: 2,
    strides: 1,
    padding: 'valid',
    direction: 'forward',
  },
  inference: {
    kind: 'inference',
    layers: [
      { layer: 'quadDense', config: { units: 4, activation: 'tanh', start: 'random' } },
      { layer: 'dense', config: { units: 2, activation: 'softmax' } },
    ],
    batch: 4,
    distinctSamples: 2,
    data: () => smallTraining([]).data(),
  },
  compile: {
    kind: 'compile',
    training: smallTraining([{ layer: 'dense', config: { units: 4, activation: 'tanh' } }, outLayer]),
  },
  convergence: {
    kind: 'convergence',
    training: smallTraining([{ layer: 'dense', config: { units: 4, activation: 'tanh' } }, outLayer], {
      optimizer: { name: 'adam', learningRate: 0.1 },
      batch: 12,
      distinctSamples: 1,
    }),
    goal: 0.7,
    stride: 2,
    mostSteps: 100,
  },
} as const satisfies Readonly<Record<string, Task>>;

export const smallTasks: Readonly<Record<string, Task>> = {
  'dense, sgd': smallTraining([{ layer: 'dense', config: { units: 4, activation: 'tanh' } }, outLayer]),
  'quadDense, adam': smallTraining(
    [{ layer: 'quadDense', config: { units: 4, activation: 'sigmoid', start: 'document' } }, outLayer],
    { optimizer: { name: 'adam', learningRate: 0.01 } },
  ),
  'featureCross, adagrad': smallTraining([{ layer: 'featureCross', config: {} }, outLayer], {
    optimizer: { name: 'adagrad', learningRate: 0.1 },
  }),
  taylor: smallTraining([{ layer: 'taylor', config: { degree: 3 } }, outLayer]),
  'softmax, cross-entropy': smallTraining([{ layer: 'dense', config: { units: 2, activation: 'softmax' } }], {
    loss: 'categoricalCrossentropy',
    data: classes,
  }),
  ...otherTasks,
  lift: stepCases.find(({ name }) => name === 'lift')?.task as Task,
  ...Object.fromEntries(
    matMulForms.map((form) => [`matMul ${form}`, { kind: 'matMul', m: 3, n: 5, k: 7, form } as const]),
  ),
};
