import { crossPolynomial, liftPolynomial, syntheticGlyphs } from '@polyneuron/datasets';
import { ValueError } from '@polyneuron/graph';
import type { BenchCase, Task, TrainingData, TrainingTask } from './benchCase.js';

const pixels = 784;
const classes = 10;
/** Eight to sixteen steps: `model.fit` counts in whole epochs, and on tfjs's cpu backend one already takes seconds. */
const imageSamples = 512;

/** Training steps, those of the seed documents. */
export const stepCases: readonly BenchCase[] = [
  step('mnist-mlp', '784-64-64-10 tanh, softmax cross-entropy, SGD 0.01, batch 64', {
    kind: 'training',
    layers: [
      { layer: 'dense', config: { units: 64, activation: 'tanh' } },
      { layer: 'dense', config: { units: 64, activation: 'tanh' } },
      { layer: 'dense', config: { units: classes, activation: 'softmax' } },
    ],
    loss: 'categoricalCrossentropy',
    optimizer: { name: 'sgd', learningRate: 0.01 },
    batch: 64,
    distinctSamples: 4,
    data: () => classified(glyphs([pixels])),
  }),
  step('dense-autoencoder', 'Dense 784-64-784, relu and sigmoid, MSE, Adam 0.001, batch 32', {
    kind: 'training',
    layers: [
      { layer: 'dense', config: { units: 64, activation: 'relu' } },
      { layer: 'dense', config: { units: pixels, activation: 'sigmoid' } },
    ],
    loss: 'meanSquaredError',
    optimizer: { name: 'adam', learningRate: 0.001 },
    batch: 32,
    distinctSamples: 4,
    data: () => autoencoded(glyphs([pixels])),
  }),
  step('quad-autoencoder', 'QuadDense 784-64-784, relu and sigmoid, MSE, Adam 0.001, batch 32', {
    kind: 'training',
    layers: [
      { layer: 'quadDense', config: { units: 64, activation: 'relu', start: 'document' } },
      { layer: 'quadDense', config: { units: pixels, activation: 'sigmoid', start: 'document' } },
    ],
    loss: 'meanSquaredError',
    optimizer: { name: 'adam', learningRate: 0.001 },
    batch: 32,
    distinctSamples: 2,
    data: () => autoencoded(glyphs([pixels])),
  }),
  step('cross', '3 features, featureCross + Dense(1), MSE, Adagrad 0.4, batch 1000', {
    kind: 'training',
    layers: [
      { layer: 'featureCross', config: {} },
      { layer: 'dense', config: { units: 1 } },
    ],
    loss: 'meanSquaredError',
    optimizer: { name: 'adagrad', learningRate: 0.4 },
    batch: 1000,
    distinctSamples: 100,
    data: () => ofSplit(crossPolynomial({ count: 10_000, seed: 1 })),
  }),
  step('lift', 'one sample: an RMSprop step of Task 3-5-1, then one of Lift 3-10-26', {
    kind: 'lift',
    data: () => ofSplit(liftPolynomial({ count: 2000, seed: 1 })),
  }),
  step(
    'taylor-cnn',
    '28x28 image, Conv 3x3x16 same, Conv 3x3x16, pool 2, Dense 128, Taylor(3), Dense 10, Adam 0.001, batch 32, no dropout',
    {
      kind: 'training',
      layers: [
        { layer: 'conv2d', config: { filters: 16, kernelSize: 3, padding: 'same', activation: 'relu' } },
        { layer: 'conv2d', config: { filters: 16, kernelSize: 3, activation: 'relu' } },
        { layer: 'maxPool2d', config: { poolSize: 2 } },
        { layer: 'flatten', config: {} },
        { layer: 'dense', config: { units: 128, activation: 'relu' } },
        { layer: 'taylor', config: { degree: 3 } },
        { layer: 'activation', config: { activation: 'relu' } },
        { layer: 'dense', config: { units: classes, activation: 'softmax' } },
      ],
      loss: 'categoricalCrossentropy',
      optimizer: { name: 'adam', learningRate: 0.001 },
      batch: 32,
      distinctSamples: 1,
      data: () => classified(glyphs([28, 28, 1])),
    },
  ),
];

/**
 * The training of a step case, for suites that do something else with it.
 *
 * Throws   ValueError on a name that is no training step
 */
export function trainingOf(name: string): TrainingTask {
  const task = stepCases.find((one) => one.name === name)?.task;
  if (task?.kind === 'training') return task;
  throw new ValueError({
    subject: 'trainingOf',
    expected: 'the name of a step case that trains a network',
    received: `'${name}'`,
    fix: 'take one of stepCases',
  });
}

function step(name: string, title: string, task: Task): BenchCase {
  return { name, title, suite: 'steps', unit: 'ms/step', task };
}

type Split = ReturnType<typeof syntheticGlyphs> | ReturnType<typeof crossPolynomial>;

function ofSplit({ count, x, xShape, y, yShape }: Split): TrainingData {
  return { samples: count, x, xShape, y: Float32Array.from(y), yShape };
}

function glyphs(imageShape: readonly number[]): TrainingData {
  const data = ofSplit(syntheticGlyphs({ count: imageSamples, seed: 1 }));
  return { ...data, xShape: [imageSamples, ...imageShape] };
}

function autoencoded(data: TrainingData): TrainingData {
  return { ...data, y: data.x, yShape: data.xShape };
}

/** One-hot targets. */
function classified(data: TrainingData): TrainingData {
  const y = new Float32Array(data.samples * classes);
  data.y.forEach((id, sample) => {
    y[sample * classes + id] = 1;
  });
  return { ...data, y, yShape: [data.samples, classes] };
}
