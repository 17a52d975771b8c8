/** @file The network of the settings as a program of TensorFlow.js. Imports no layer, so that a page can show it. */
import { datasetInfo, type Task } from '../../state/datasets.js';
import type { LossKey, OptimizerKey, Settings } from '../../state/settings.js';
import { type PlannedLayer, planNetwork } from '../network/planNetwork.js';

/** Layers that tfjs has itself. */
const stockLayers: ReadonlySet<string> = new Set(['dense', 'activation']);

const optimizers: { readonly [K in OptimizerKey]: (rate: number) => string } = {
  adam: (rate) => `tf.train.adam(${rate})`,
  sgd: (rate) => `tf.train.sgd(${rate})`,
  momentum: (rate) => `tf.train.momentum(${rate}, 0.9)`,
};

const logisticLosses: { readonly [K in Task]: string } = {
  binary: 'tf.losses.sigmoidCrossEntropy',
  regression: "'meanSquaredError'",
  classes: 'tf.losses.softmaxCrossEntropy',
};

const links: { readonly [K in Task]: string } = {
  binary: 'tf.sigmoid(output)',
  regression: 'output',
  classes: 'tf.softmax(output)',
};

const valueLosses: { readonly [K in Exclude<LossKey, 'logistic'>]: string } = {
  squared: 'tf.losses.meanSquaredError',
  huber: 'tf.losses.huberLoss',
};

/**
 * A module that builds, compiles and trains our network of the settings; `x` and `y` are the reader's own.
 *
 * `isClassification` matters for drawn and pasted points alone, whose task the settings do not say.
 */
export function networkCode(settings: Settings, isClassification = true): string {
  const {
    inputNames,
    outputs,
    task = isClassification ? 'binary' : 'regression',
  } = datasetInfo[settings.dataset];
  const plan = planNetwork(settings.network, { inputs: inputNames.length, outputs });
  const own = [...new Set(plan.map(({ layer }) => layer).filter((layer) => !stockLayers.has(layer)))].sort();
  const epochs = Math.max(1, Math.ceil((settings.stop * settings.batch) / trainCount(settings)));
  return [
    "import * as tf from '@tensorflow/tfjs';",
    ...(own.length > 0 ? [`import { ${own.join(', ')} } from '@polyneuron/layers';`] : []),
    '',
    'const model = tf.sequential();',
    ...plan.map(
      (layer, at) => `model.add(${layerCode(layer, at === 0 ? inputNames.length : undefined, settings)});`,
    ),
    'model.compile({',
    `  optimizer: ${optimizers[settings.optimizer](settings.rate)},`,
    `  loss: ${lossCode(task, settings.loss)},`,
    '});',
    '',
    `// x: tf.tensor2d of [samples, ${inputNames.length}]; y: ${targetsText(task, outputs)}`,
    ...(settings.clip > 0
      ? [`// The playground clips gradients at norm ${settings.clip}, which model.fit has no option for.`]
      : []),
    `await model.fit(x, y, { batchSize: ${settings.batch}, epochs: ${epochs} });`,
    '',
  ].join('\n');
}

function trainCount({ samples, testShare }: Settings): number {
  return Math.max(1, samples - Math.round((samples * testShare) / 100));
}

function targetsText(task: Task, outputs: number): string {
  const texts: { readonly [K in Task]: string } = {
    binary: '[samples, 1] of 0 and 1; the model returns logits',
    regression: '[samples, 1]',
    classes: `[samples, ${outputs}], one-hot; the model returns logits`,
  };
  return texts[task];
}

function lossCode(task: Task, loss: LossKey): string {
  if (loss === 'logistic') return logisticLosses[task];
  const name = valueLosses[loss];
  return task === 'regression' ? name : `(target, output) => ${name}(target, ${links[task]})`;
}

function layerCode({ layer, config }: PlannedLayer, inputs: number | undefined, { decay }: Settings): string {
  const options: readonly (readonly [string, string])[] = [
    ...(inputs === undefined ? [] : [['inputShape', `[${inputs}]`] as const]),
    ...Object.entries(config)
      .filter(([key, value]) => !(key === 'activation' && value === 'linear'))
      .map(
        ([key, value]) => [key, typeof value === 'string' ? `'${value}'` : JSON.stringify(value)] as const,
      ),
    ...(decay > 0 && layer !== 'activation'
      ? [['kernelRegularizer', `tf.regularizers.l2({ l2: ${decay} })`] as const]
      : []),
  ];
  const prefix = stockLayers.has(layer) ? 'tf.layers.' : '';
  return `${prefix}${layer}({ ${options.map(([key, value]) => `${key}: ${value}`).join(', ')} })`;
}
