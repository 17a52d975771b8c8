/** @file A report as `npm start` could write it, with every kind of figure: for the tests, and for looking at. */
import type { Contender, ExperimentResult, Figure } from '@polyneuron/experiments';
import type { Report } from '../output/results.js';

/** A deterministic wobble in [-1, 1], in place of random numbers. */
function wobble(index: number): number {
  return Math.sin(index * 12.9898) * Math.cos(index * 78.233);
}

function decay(epochs: number, from: number, to: number, rate: number): readonly number[] {
  return Array.from({ length: epochs }, (_, epoch) => {
    const value = to + (from - to) * Math.exp(-rate * epoch);
    return value * (1 + 0.06 * wobble(epoch + from * 31));
  });
}

/** A 28×28 ring; `blur` softens it as an autoencoder would. */
function ring(index: number, blur: number): Float32Array {
  const [radius, centre] = [5 + (index % 4), 13.5 + 2 * wobble(index)];
  return Float32Array.from({ length: 784 }, (_, pixel) => {
    const distance = Math.hypot((pixel % 28) - centre, Math.floor(pixel / 28) - 13.5) - radius;
    const stroke = index % 3 === 0 ? Math.abs((pixel % 28) - centre) : Math.abs(distance);
    return Math.max(0, Math.min(1, (2.2 + blur - stroke) / (1 + 2 * blur))) * (1 - blur / 4);
  });
}

function autoencoder(name: string, parameters: number, to: number, seconds: number): Contender {
  const [loss, validation] = [decay(20, 0.07, to, 0.35), decay(20, 0.068, to * 1.12, 0.33)];
  const [train, test] = [loss.at(-1)!, validation.at(-1)!];
  return {
    name,
    parameters,
    epochs: 20,
    seconds,
    metrics: {
      train: { loss: train, mse: train, rmse: Math.sqrt(train) },
      test: { loss: test, mse: test, rmse: Math.sqrt(test) },
    },
    history: { loss, val_loss: validation },
  };
}

const autoencoders: ExperimentResult = {
  id: 'quad-autoencoder',
  title: 'Quadratic dense layers in an autoencoder',
  summary:
    'The document compares an autoencoder of Dense layers with one of QuadDense layers, whose units are quadratic forms, and reports a lower reconstruction error for the latter. It compares 101,200 parameters with 303,600.\n\nHere a third contender has QuadDense layers and the budget of the Dense network. Training ran for 20 epochs on 8,000 images instead of 50 on 60,000.',
  seedDocument: '000',
  backend: 'tfjs wasm (SIMD, 2 threads)',
  dataset: 'synthetic-glyphs, 28 × 28, 8,000 training and 2,000 test images',
  contenders: [
    autoencoder('dense autoencoder', 101200, 0.0123, 12.84),
    autoencoder('quadDense autoencoder', 303600, 0.00871, 41.2),
    autoencoder('quadDense autoencoder at the Dense budget', 100842, 0.0102, 15.07),
  ],
  published: [
    {
      name: 'dense autoencoder',
      metric: 'mse',
      value: 0.0106,
      note: 'MNIST, 50 epochs, read from the training log',
    },
    {
      name: 'quadDense autoencoder',
      metric: 'mse',
      value: 0.0077,
      note: 'MNIST, 50 epochs, read from the training log',
    },
    { name: 'quadDense autoencoder', metric: 'parameters', value: 303600, note: 'from the model summary' },
    { name: 'reconstructions', metric: 'image', value: null, note: 'two rows of ten digits' },
  ],
  figures: [
    {
      kind: 'images',
      title: 'Test images and their reconstructions',
      width: 28,
      height: 28,
      rows: [
        { name: 'original', images: Array.from({ length: 10 }, (_, index) => ring(index, 0)) },
        { name: 'dense autoencoder', images: Array.from({ length: 10 }, (_, index) => ring(index, 1.2)) },
        { name: 'quadDense autoencoder', images: Array.from({ length: 10 }, (_, index) => ring(index, 0.6)) },
      ],
    },
  ],
};

function regression(name: string, parameters: number, to: number, outOfRange: number): Contender {
  const [loss, validation] = [decay(200, 2.4, to, 0.12), decay(200, 2.5, to * 1.3, 0.115)];
  return {
    name,
    parameters,
    epochs: 200,
    seconds: parameters / 12,
    metrics: {
      train: { loss: to, mse: to, rmse: Math.sqrt(to), mae: 0.7 * Math.sqrt(to) },
      test: { loss: to * 1.3, mse: to * 1.3, rmse: Math.sqrt(to * 1.3), mae: 0.72 * Math.sqrt(to) },
      outOfRange: { mse: outOfRange, rmse: Math.sqrt(outOfRange) },
    },
    history: { loss, val_loss: validation },
  };
}

const cross: ExperimentResult = {
  id: 'cross',
  title: 'A cross network on a polynomial of feature crosses',
  summary:
    'The document fits y = x₀² + x₀x₁ + x₁x₂ + x₂² with a cross network of 16 parameters and a perceptron of 40. It calls one figure MSE that is an RMSE; both are given here under their right names.',
  seedDocument: '001',
  backend: 'reference (float64)',
  dataset: 'feature crosses on k/200, 160 training and 40 test samples',
  contenders: [
    regression('dense MLP', 40, 2.31e-3, 143.2),
    regression('featureCross network', 16, 3.4e-9, 2.1e-5),
    regression('hyperDense, end to end', 1204, 4.1e-4, 12875.4),
  ],
  published: [
    { name: 'dense MLP', metric: 'rmse', value: 0.0384, note: 'printed as "MSE" in the document' },
    { name: 'featureCross network', metric: 'rmse', value: 9.1e-6, note: '' },
    {
      name: 'featureCross network',
      metric: 'outOfRange rmse',
      value: null,
      note: 'scatter plot of predictions',
    },
  ],
  figures: [
    {
      kind: 'polynomial',
      title: 'The polynomial that featureCross network learned',
      variables: ['x0', 'x1', 'x2'],
      learned: [
        { coefficient: 0.99998, exponents: [2, 0, 0] },
        { coefficient: 1.0002, exponents: [1, 1, 0] },
        { coefficient: -5.4e-6, exponents: [1, 0, 1] },
        { coefficient: 0.99971, exponents: [0, 1, 1] },
        { coefficient: 1, exponents: [0, 0, 2] },
        { coefficient: -0.0135, exponents: [0, 0, 1] },
        { coefficient: 2.1e-5, exponents: [0, 0, 0] },
      ],
      truth: [
        { coefficient: 1, exponents: [2, 0, 0] },
        { coefficient: 1, exponents: [1, 1, 0] },
        { coefficient: 1, exponents: [0, 1, 1] },
        { coefficient: 1, exponents: [0, 0, 2] },
      ],
    },
    {
      kind: 'matrix',
      title: 'Strengths of pairs in featureCross network',
      label: '|∂²y/∂xᵢ∂xⱼ|',
      names: ['x0', 'x1', 'x2'],
      values: [
        [2, 1, 5.4e-6],
        [1, 0, 0.99971],
        [5.4e-6, 0.99971, 2],
      ],
    },
  ],
};

const activations: Readonly<Record<string, (x: number) => number>> = {
  relu: (x) => Math.max(0, x),
  tanh: Math.tanh,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  elu: (x) => (x > 0 ? x : Math.expm1(x)),
  softplus: (x) => Math.log1p(Math.exp(x)),
  swish: (x) => x / (1 + Math.exp(-x)),
};
const grid = Array.from({ length: 121 }, (_, index) => -3 + index / 20);

function classify(index: number): { image: Float32Array; label: number; probabilities: number[] } {
  const label = (index * 7) % 10;
  const scores = Array.from(
    { length: 10 },
    (_, k) => 3 * wobble(k + 10 * index) + (k === label && index !== 2 ? 5 : 0),
  );
  const total = scores.reduce((sum, score) => sum + Math.exp(score), 0);
  return { image: ring(label, 0.2), label, probabilities: scores.map((score) => Math.exp(score) / total) };
}

const mlpFigures: readonly Figure[] = [
  {
    kind: 'curves',
    title: 'Activations',
    xLabel: 'x',
    yLabel: 'activation',
    yScale: 'linear',
    series: Object.entries(activations).map(([name, f]) => ({ name, x: grid, y: grid.map(f) })),
  },
  {
    kind: 'boundary',
    title: 'The perceptron after 14 epochs',
    points: Array.from({ length: 60 }, (_, index) => {
      const [x, y] = [2.4 * wobble(index), 2 * wobble(index + 100)];
      return { x, y, isPositive: 0.8 * x + 1.1 * y - 0.2 > 0 };
    }),
    weight: [0.8, 1.1],
    bias: -0.2,
  },
  {
    kind: 'table',
    title: 'Truth tables of the gates',
    columns: ['Inputs', 'AND', 'OR', 'NOR', 'XOR by the MLP'],
    rows: [
      ['0 0', 0, 0, 1, 0.0213],
      ['0 1', 0, 1, 0, 0.9711],
      ['1 0', 0, 1, 0, 0.9684],
      ['1 1', 1, 1, 0, 0.000312],
    ],
  },
  {
    kind: 'distributions',
    title: 'Predicted distributions of six test images',
    width: 28,
    height: 28,
    classNames: ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
    items: Array.from({ length: 6 }, (_, index) => classify(index)),
  },
];

function classifier(name: string, parameters: number, epochs: number, accuracy: number): Contender {
  const loss = decay(epochs, 2.1, 0.4 * (1.02 - accuracy), 0.8);
  const accuracies = loss.map((value) => Math.max(0.1, 1 - value / 2.3));
  return {
    name,
    parameters,
    epochs,
    seconds: epochs * 1.3,
    metrics: {
      train: { loss: loss.at(-1) ?? NaN, accuracy },
      test: { loss: (loss.at(-1) ?? NaN) * 1.4, accuracy: accuracy - 0.012 },
    },
    history: { loss, accuracy: accuracies, val_loss: loss.map((value) => value * 1.4) },
  };
}

const mlp: ExperimentResult = {
  id: 'mlp',
  title: 'Gates, a perceptron, activations and a multilayer perceptron',
  summary: 'The exercises of the document in its order, then its network of 55,050 parameters on images.',
  seedDocument: '004',
  backend: 'tfjs cpu',
  dataset: 'synthetic-glyphs; gates and points as the document gives them',
  contenders: [
    classifier('dense MLP', 55050, 10, 0.9834),
    classifier('perceptron', 3, 6, 0.964),
    classifier('affine', 4, 1, 0.61),
  ],
  published: [{ name: 'dense MLP', metric: 'accuracy', value: 0.9764, note: 'MNIST, 10 epochs' }],
  figures: mlpFigures,
};

export const sampleReport: Report = {
  version: '0.1.0',
  environment: {
    date: '2025-11-22T15:37:12.345Z',
    node: 'v20.20.2',
    platform: 'linux x64',
    cpu: 'AMD EPYC 7B13',
    cores: 2,
    memoryBytes: 8589934592,
    tfjs: '4.22.0',
  },
  experiments: [autoencoders, cross, mlp],
};
