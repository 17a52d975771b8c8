import { taylor } from '@polyneuron/layers';
import { initializers, layers, type Sequential, sequential } from '@tensorflow/tfjs-layers';
import { approximateFunctions } from './approximateFunctions.js';
import type { ExperimentContext, ExperimentSpec } from './experimentSpec.js';
import { loadImages } from './images.js';
import { classificationMetrics } from './measure.js';
import type { ExperimentResult, Published } from './result.js';
import { seededDense, seedSequence } from './stockModels.js';
import { trainContender } from './trainContender.js';

/** The document names the filters and units, but neither data, optimizer nor order. */
const sizes = {
  usual: { filters: 4, units: 32, epochs: 4 },
  full: { filters: 32, units: 512, epochs: 10 },
} as const;
const counts = { usual: { train: 1000, test: 500 }, full: { train: 60_000, test: 10_000 } };
const order = 3;
const batchSize = 32;

/** Seed 003: the expandable CNN with and without its Taylor block, and the block alone as an approximator. */
export const taylorExperiment: ExperimentSpec = {
  id: 'taylor',
  title: 'Taylor block in a CNN, and as an approximator of functions',
  seedDocument: '003',
  run,
};

async function run(context: ExperimentContext): Promise<ExperimentResult> {
  const size = context.isFull ? sizes.full : sizes.usual;
  const images = await loadImages(context, 'mnist', counts);
  const nextSeed = seedSequence(context.seed);
  const shared = {
    loss: 'sparseCategoricalCrossentropy',
    measure: classificationMetrics,
    data: { train: images.train, test: images.test },
    epochs: size.epochs,
    batchSize,
    shuffle: true,
    optimizer: { name: 'adam', dialect: 'keras', learningRate: 0.001 },
  } as const;
  const plain = await trainContender(context, {
    ...shared,
    name: 'CNN without taylor',
    model: expandableCnn(size, nextSeed, false),
  });
  const expanded = await trainContender(context, {
    ...shared,
    name: `CNN with taylor(${order})`,
    model: expandableCnn(size, nextSeed, true),
  });
  const approximation = await approximateFunctions(context, nextSeed);
  const networks = [plain.contender, expanded.contender];
  const contenders = [...networks, ...approximation.contenders];
  return {
    id: 'taylor',
    title: taylorExperiment.title,
    summary:
      `The document is an answer with code and no results: an "expandable CNN" whose ${sizes.full.units} features pass through a Taylor ` +
      'expansion (power, coefficient, cumulative sum, weight), with the remark that it may not perform well. Here that ' +
      `network with and without the block, ${size.filters} filters and ${size.units} units (the document: ${sizes.full.filters} and ${sizes.full.units}), order ${order}, ` +
      `${size.epochs} epochs of Adam on ${images.train.count.toLocaleString('en-US')} images${images.isSynthetic ? ' drawn by a program' : ''}. Optimizer, epochs and order are our choice. ` +
      'Beside it the block alone, fitted to sin and exp on [-2, 2] with x divided by 2, against dense networks of one hidden ' +
      `tanh layer with at most one parameter more: ${approximation.steps.toLocaleString('en-US')} full-batch steps of Adam each. ` +
      'Out of range there means 2 < |x| <= 3.',
    seedDocument: '003',
    backend: context.backend.device.description,
    dataset: `${images.description}; sin and exp on a grid of ${approximation.points} points, tested between them`,
    contenders,
    published,
    figures: approximation.figures,
  };
}

interface CnnSize {
  readonly filters: number;
  readonly units: number;
}

/** The document's `expandable_cnn`; the block is its Taylor model and the relu behind it. */
function expandableCnn({ filters, units }: CnnSize, nextSeed: () => number, hasTaylor: boolean): Sequential {
  const kernel = () => initializers.glorotUniform({ seed: nextSeed() });
  const convolution = { filters, kernelSize: 3, activation: 'relu' } as const;
  const model = sequential();
  model.add(
    layers.conv2d({ ...convolution, padding: 'same', inputShape: [28, 28, 1], kernelInitializer: kernel() }),
  );
  model.add(layers.conv2d({ ...convolution, kernelInitializer: kernel() }));
  model.add(layers.maxPooling2d({ poolSize: [2, 2] }));
  model.add(layers.dropout({ rate: 0.25, seed: nextSeed() }));
  model.add(layers.flatten());
  model.add(seededDense(nextSeed, { units, activation: 'relu' }));
  model.add(layers.dropout({ rate: 0.5, seed: nextSeed() }));
  if (hasTaylor) {
    model.add(taylor({ name: 'taylor', degree: order, seed: nextSeed() }));
    model.add(layers.activation({ activation: 'relu' }));
  }
  model.add(seededDense(nextSeed, { units: 10, activation: 'softmax' }));
  return model;
}

const published: readonly Published[] = [
  {
    name: `CNN with taylor(${order})`,
    metric: 'accuracy',
    value: null,
    note: 'code only: "I do not guarantee that your model will work (e.g. that you will get good performance)"',
  },
];
