import { crossPolynomial, syntheticGlyphs } from '@polyneuron/datasets';
import type { BenchCase, ConvergenceTask, TrainingData } from './benchCase.js';
import { trainingOf } from './stepCases.js';

const crossSamples = 250;
const glyphSamples = 16;
/** Rows and columns of a glyph, and of its averages over squares. */
const [side, coarse] = [28, 7];

/** Trainings on one fixed batch, so that the loss of a step is that of the whole data: time until it is below a value. */
export const convergenceCases: readonly BenchCase[] = [
  until('until-cross', 'cross on 250 samples, Adagrad 0.4, until MSE < 0.01', {
    goal: 0.01,
    stride: 10,
    mostSteps: 1000,
    training: { ...trainingOf('cross'), batch: crossSamples, distinctSamples: 1, data: crossData },
  }),
  until('until-quad-autoencoder', 'QuadDense 49-4-49 on 16 glyphs of 7x7, Adam 0.01, until MSE < 0.025', {
    goal: 0.025,
    stride: 10,
    mostSteps: 1000,
    training: {
      kind: 'training',
      layers: [
        { layer: 'quadDense', config: { units: 4, activation: 'relu', start: 'document' } },
        { layer: 'quadDense', config: { units: coarse ** 2, activation: 'sigmoid', start: 'document' } },
      ],
      loss: 'meanSquaredError',
      optimizer: { name: 'adam', learningRate: 0.01 },
      batch: glyphSamples,
      distinctSamples: 1,
      data: glyphData,
    },
  }),
];

function until(name: string, title: string, task: Omit<ConvergenceTask, 'kind'>): BenchCase {
  return { name, title, suite: 'convergence', unit: 'ms', task: { kind: 'convergence', ...task } };
}

function crossData(): TrainingData {
  const { count, x, xShape, y, yShape } = crossPolynomial({ count: crossSamples, seed: 1 });
  return { samples: count, x, xShape, y: Float32Array.from(y), yShape };
}

/** Glyphs as autoencoders have them, each pixel the mean of a square of 4x4. */
function glyphData(): TrainingData {
  const { x } = syntheticGlyphs({ count: glyphSamples, seed: 1 });
  const step = side / coarse;
  const pixels = new Float32Array(glyphSamples * coarse ** 2);
  x.forEach((value, at) => {
    const [sample, row, column] = [Math.floor(at / side ** 2), Math.floor(at / side) % side, at % side];
    const pixel = Math.floor(row / step) * coarse + Math.floor(column / step);
    pixels[sample * coarse ** 2 + pixel] += value / step ** 2;
  });
  const shape = [glyphSamples, coarse ** 2];
  return { samples: glyphSamples, x: pixels, xShape: shape, y: pixels, yShape: shape };
}
