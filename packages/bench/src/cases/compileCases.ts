import type { BenchCase } from './benchCase.js';
import { trainingOf } from './stepCases.js';

const models = ['mnist-mlp', 'quad-autoencoder', 'cross', 'taylor-cnn'] as const;

/** From the description of a network to the loss of its first training step, with nothing kept from before. */
export const compileCases: readonly BenchCase[] = models.map((model) => ({
  name: `start-${model}`,
  title: `the training of ${model}: build, compile, load first weights and one batch, take one step, read its loss, let go`,
  suite: 'compile',
  unit: 'ms',
  task: { kind: 'compile', training: trainingOf(model) },
}));
