import { quadDense } from '@polyneuron/layers';
import { layers, type Sequential, sequential } from '@tensorflow/tfjs-layers';
import type { ExperimentContext, ExperimentSpec } from './experimentSpec.js';
import { type Images, loadImages } from './images.js';
import { regressionMetrics } from './measure.js';
import type { ExperimentResult, Figure, Published } from './result.js';
import { denseStack, seedSequence } from './stockModels.js';
import { type Trained, trainContender } from './trainContender.js';

const pixels = 784;
const latent = 64;
const epochs = 10;
const batchSize = 32;
/** The document trains on all of Fashion-MNIST. */
const counts = { usual: { train: 4000, test: 1000 }, full: { train: 60_000, test: 10_000 } };
const shownImages = 8;

/** Names of the contenders that the document has. */
export const autoencoderNames = {
  dense: `dense autoencoder 784-${latent}-784`,
  quad: `quadDense autoencoder 784-${latent}-784`,
} as const;

/** Seed 000: the quadratic autoencoder against the dense one, and against itself at the dense budget. */
export const quadAutoencoderExperiment: ExperimentSpec = {
  id: 'quad-autoencoder',
  title: 'Quadratic against dense autoencoder',
  seedDocument: '000',
  run,
};

async function run(context: ExperimentContext): Promise<ExperimentResult> {
  const images = await loadImages(context, 'fashion-mnist', counts);
  const data = { train: asTargets(images.train), test: asTargets(images.test) };
  const nextSeed = seedSequence(context.seed);
  const budget = denseParameters(latent);
  const matched = matchedLatent(budget);
  const shared = {
    loss: 'meanSquaredError',
    measure: regressionMetrics,
    data,
    epochs,
    batchSize,
    shuffle: true,
    optimizer: { name: 'adam', dialect: 'keras', learningRate: 0.001 },
    isValidated: true,
  } as const;
  const dense = await trainContender(context, {
    ...shared,
    name: autoencoderNames.dense,
    model: denseStack(
      nextSeed,
      [pixels],
      [
        { units: latent, activation: 'relu' },
        { units: pixels, activation: 'sigmoid' },
      ],
    ),
  });
  const quad = await trainContender(context, {
    ...shared,
    name: autoencoderNames.quad,
    model: quadModel(latent, nextSeed),
  });
  const small = await trainContender(context, {
    ...shared,
    name: `quadDense autoencoder 784-${matched}-784 (budget of dense)`,
    model: quadModel(matched, nextSeed),
  });
  const trained = [dense, quad, small];
  const contenders = trained.map(({ contender }) => contender);
  const residue = quadParameters(matched) - budget;
  return {
    id: 'quad-autoencoder',
    title: quadAutoencoderExperiment.title,
    summary:
      `The document replaces both Dense layers of an autoencoder 784-${latent}-784 by QuadDense and shows lower validation loss in a plot, ` +
      'without numbers. Its two networks differ threefold in parameters (101,200 against 303,600), so a third contender has the ' +
      `quadratic layers at the dense budget: latent width ${matched}, ${quadParameters(matched).toLocaleString('en-US')} parameters, ${describeResidue(residue)}. ` +
      `All: Adam 0.001, MSE, batches of ${batchSize}, ${epochs} epochs; quadDense starts by the document's law (all six tensors normal ` +
      "with stddev 0.05, start: 'document'), dense as in Keras. The document's accuracy of an autoencoder is left out: it means nothing. " +
      `Data: ${images.train.count.toLocaleString('en-US')} training images${images.isSynthetic ? ', drawn by a program' : ''}; the document has 60,000 of Fashion-MNIST.`,
    seedDocument: '000',
    backend: context.backend.device.description,
    dataset: images.description,
    contenders,
    published: publishedFor(trained),
    figures: [reconstructions(images, trained)],
  };
}

/** An autoencoder's targets are its inputs. */
function asTargets({ x, count }: Images['train']) {
  return { x, y: x, xShape: [count, pixels], yShape: [count, pixels], count };
}

function quadModel(width: number, nextSeed: () => number): Sequential {
  const model = sequential();
  model.add(layers.inputLayer({ inputShape: [pixels] }));
  model.add(
    quadDense({ name: 'encoder', units: width, activation: 'relu', start: 'document', seed: nextSeed() }),
  );
  model.add(
    quadDense({ name: 'decoder', units: pixels, activation: 'sigmoid', start: 'document', seed: nextSeed() }),
  );
  return model;
}

function denseParameters(width: number): number {
  return pixels * width + width + (width * pixels + pixels);
}

/** Three kernels and three biases where dense has one of each. */
function quadParameters(width: number): number {
  return 3 * denseParameters(width);
}

/** The latent width at which the quadratic autoencoder comes nearest to a budget. */
function matchedLatent(budget: number): number {
  const fixed = quadParameters(0);
  const perUnit = quadParameters(1) - fixed;
  return Math.round((budget - fixed) / perUnit);
}

function describeResidue(residue: number): string {
  if (residue === 0) return 'exactly the budget';
  return `${Math.abs(residue)} ${residue < 0 ? 'less' : 'more'} than the budget`;
}

function reconstructions({ test }: Images, trained: readonly Trained[]): Figure {
  const cut = (values: ArrayLike<number>) =>
    Array.from({ length: Math.min(shownImages, test.count) }, (_, image) =>
      Array.prototype.slice.call(values, image * pixels, (image + 1) * pixels),
    );
  return {
    kind: 'images',
    title: 'Test images and their reconstructions',
    width: 28,
    height: 28,
    rows: [
      { name: 'original', images: cut(test.x) },
      ...trained.map(({ contender, predictions }) => ({
        name: contender.name,
        images: cut(predictions.test),
      })),
    ],
  };
}

function publishedFor([dense, quad]: readonly Trained[]): Published[] {
  const note = 'a plot of ten epochs on Fashion-MNIST, no number: QuadDense ends below Dense';
  return [dense, quad].flatMap((trained) =>
    trained ? [{ name: trained.contender.name, metric: 'mse', value: null, note }] : [],
  );
}
