/**
 * Golden trajectories of the optimizers of tfjs-core on its cpu backend (float32), with the start and the gradients of
 * vectors/optimizers.json.
 *
 * Run: node vectors/generate/optimizersTfjs.mjs   (after pnpm install)
 * Writes vectors/optimizersTfjs.json.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const root = new URL('../../', import.meta.url);
const require = createRequire(new URL('packages/layers/package.json', root));
const tf = require('@tensorflow/tfjs-core');
require('@tensorflow/tfjs-backend-cpu');

const { start, gradients } = JSON.parse(readFileSync(new URL('vectors/optimizers.json', root), 'utf8'))
  .cases[0];
const r = 2 ** -6;
const makers = [
  ['sgd', 'sgd', { learningRate: r }, () => tf.train.sgd(r)],
  ['momentum', 'momentum', { learningRate: r, momentum: 0.8 }, () => tf.train.momentum(r, 0.8)],
  [
    'momentum',
    'momentum(useNesterov)',
    { learningRate: r, momentum: 0.8, useNesterov: true },
    () => tf.train.momentum(r, 0.8, true),
  ],
  ['rmsprop', 'rmsprop', { learningRate: r }, () => tf.train.rmsprop(r)],
  [
    'rmsprop',
    'rmsprop(momentum)',
    { learningRate: r, decay: 0.8, momentum: 0.5, epsilon: 1e-4 },
    () => tf.train.rmsprop(r, 0.8, 0.5, 1e-4),
  ],
  [
    'rmsprop',
    'rmsprop(centered)',
    { learningRate: r, momentum: 0.5, centered: true },
    () => tf.train.rmsprop(r, 0.9, 0.5, undefined, true),
  ],
  ['adam', 'adam', { learningRate: r }, () => tf.train.adam(r)],
  [
    'adam',
    'adam(beta1, beta2, epsilon)',
    { learningRate: r, beta1: 0.8, beta2: 0.95, epsilon: 1e-3 },
    () => tf.train.adam(r, 0.8, 0.95, 1e-3),
  ],
  ['adagrad', 'adagrad', { learningRate: r }, () => tf.train.adagrad(r)],
  ['adadelta', 'adadelta', { learningRate: 0.5, epsilon: 1e-2 }, () => tf.train.adadelta(0.5, 0.95, 1e-2)],
  ['adamax', 'adamax', { learningRate: r }, () => tf.train.adamax(r)],
  [
    'adamax',
    'adamax(decay)',
    { learningRate: r, decay: 0.25 },
    () => tf.train.adamax(r, 0.9, 0.999, undefined, 0.25),
  ],
];

const special = (value) => (Number.isFinite(value) ? value : String(value));

function run(make) {
  const optimizer = make();
  const variables = Object.entries(start).map(([name, { shape, values }]) =>
    tf.variable(tf.tensor(values, shape), true, name),
  );
  const trajectory = gradients.map((step) => {
    optimizer.applyGradients(
      variables.map((v) => ({ name: v.name, tensor: tf.tensor(step[v.name], v.shape) })),
    );
    return Object.fromEntries(variables.map((v) => [v.name, Array.from(v.dataSync(), special)]));
  });
  for (const variable of variables) variable.dispose();
  return trajectory;
}

const cases = makers.map(([name, call, config, make]) => ({
  name,
  source: `tf.train.${call}`,
  config,
  parameters: run(make),
}));
const provenance = {
  framework: 'tfjs',
  version: tf.version_core,
  script: 'vectors/generate/optimizersTfjs.mjs',
  date: new Date().toISOString().slice(0, 10),
};
const lines = cases.map((golden) => JSON.stringify(golden)).join(',\n');
writeFileSync(
  new URL('vectors/optimizersTfjs.json', root),
  `{\n"provenance": ${JSON.stringify(provenance)},\n"cases": [\n${lines}\n]\n}\n`,
);
console.log(`vectors/optimizersTfjs.json: ${cases.length} cases`);
