import type { ExperimentContext, ExperimentSpec } from './experimentSpec.js';
import { type Images, loadImages } from './images.js';
import { countAffineCalls, plotActivations, reflect } from './layerExercises.js';
import { classificationMetrics } from './measure.js';
import type { ExperimentResult, Figure, Published } from './result.js';
import { denseStack, seedSequence } from './stockModels.js';
import { thresholdUnits } from './thresholdUnits.js';
import { type Trained, trainContender } from './trainContender.js';

const epochs = 10;
const batchSize = 64;
const classes = 10;
const shownImages = 4;
/** The document trains on all of MNIST. */
const counts = { usual: { train: 20_000, test: 4_000 }, full: { train: 60_000, test: 10_000 } };
export const mlpName = 'dense MLP 784-64-64-10';

/** Seed 004: gates, perceptron, activations, a reflection, a counter, and the MNIST MLP of 55,050 parameters. */
export const mlpExperiment: ExperimentSpec = {
  id: 'mlp',
  title: 'From threshold units to the multilayer perceptron',
  seedDocument: '004',
  run,
};

async function run(context: ExperimentContext): Promise<ExperimentResult> {
  const nextSeed = seedSequence(context.seed);
  const units = await thresholdUnits(context, nextSeed);
  const reflection = await reflect(context, nextSeed());
  const counter = await countAffineCalls(context, nextSeed());
  const activations = await plotActivations(context);
  const images = await loadImages(context, 'mnist', counts);
  const mlp = await trainContender(context, {
    name: mlpName,
    model: denseStack(
      nextSeed,
      [28, 28, 1],
      [
        { units: 64, activation: 'tanh' },
        { units: 64, activation: 'tanh' },
        { units: classes, activation: 'softmax' },
      ],
    ),
    loss: 'sparseCategoricalCrossentropy',
    measure: classificationMetrics,
    data: { train: images.train, test: images.test },
    epochs,
    batchSize,
    shuffle: true,
    optimizer: { name: 'sgd', dialect: 'keras', learningRate: 0.01 },
  });
  return {
    id: 'mlp',
    title: mlpExperiment.title,
    summary:
      'The document is a course chapter; its exercises are answered here. Gates: AND, OR and NOR as McCulloch-Pitts units, checked on ' +
      `whole truth tables. Perceptron: ${units.summary} Reflection: ${reflection.summary} Affine layer with a counter: ${counter.summary} ` +
      `MNIST MLP: 784-64-64-10, tanh, SGD 0.01, batches of ${batchSize}, ${epochs} epochs as published, on ` +
      `${images.train.count.toLocaleString('en-US')} training images${images.isSynthetic ? ' drawn by a program (synthetic-glyphs), so its figures are no MNIST results' : ''} where the document has 60,000 of MNIST.`,
    seedDocument: '004',
    backend: context.backend.device.description,
    dataset: images.description,
    contenders: [mlp.contender, ...units.contenders],
    published: publishedFor(images),
    figures: [...units.figures, activations, reflection.figure, counter.figure, distributions(images, mlp)],
  };
}

function distributions({ test, classNames }: Images, { predictions }: Trained): Figure {
  const pixels = 28 * 28;
  const cut = (values: ArrayLike<number>, size: number, row: number) =>
    Array.prototype.slice.call(values, row * size, (row + 1) * size) as number[];
  return {
    kind: 'distributions',
    title: 'Predicted categorical distributions of test images',
    width: 28,
    height: 28,
    classNames,
    items: Array.from({ length: Math.min(shownImages, test.count) }, (_, row) => ({
      image: cut(test.x, pixels, row),
      label: test.y[row] as number,
      probabilities: cut(predictions.test, classes, row),
    })),
  };
}

function publishedFor({ description, isSynthetic, train }: Images): Published[] {
  const ours = isSynthetic
    ? 'ours: synthetic images, so only the order of magnitude compares'
    : `ours: ${description.split(';')[0]}`;
  const note = `60,000 training images of MNIST; ${ours}${train.count < 60_000 ? `, ${train.count} of them for training` : ''}`;
  return [
    { name: mlpName, metric: 'accuracy', value: 0.9412999749183655, note },
    { name: mlpName, metric: 'loss', value: 0.2062128186225891, note },
    {
      name: mlpName,
      metric: 'train accuracy',
      value: 0.9381,
      note: `${note}; mean over the last epoch, not after it`,
    },
    {
      name: mlpName,
      metric: 'train loss',
      value: 0.2172,
      note: `${note}; mean over the last epoch, not after it`,
    },
    { name: mlpName, metric: 'parameters', value: 55_050, note: 'as ours' },
  ];
}
