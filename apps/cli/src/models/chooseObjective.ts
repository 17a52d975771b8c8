import type { Dataset } from '@polyneuron/datasets';
import {
  classificationMetrics,
  type Metrics,
  type Predictions,
  regressionMetrics,
} from '@polyneuron/experiments';
import type { Sequential } from '@tensorflow/tfjs-layers';
import { lookUp } from '../closestName.js';
import { UsageError } from '../errors.js';
import type { LayerChoice } from './parseLayers.js';

export interface Objective {
  /** As tfjs names it. */
  readonly loss: string;
  readonly measure: (predictions: Predictions) => Metrics;
}

type Task = 'regression' | 'binary' | 'classes';

/** Losses that a task can be trained with; the first is the default. */
const lossesOf: { readonly [T in Task]: readonly string[] } = {
  regression: ['meanSquaredError', 'meanAbsoluteError', 'meanSquaredLogarithmicError', 'logcosh'],
  binary: ['binaryCrossentropy', 'meanSquaredError', 'hinge', 'squaredHinge'],
  classes: ['sparseCategoricalCrossentropy'],
};

const measureOf: { readonly [T in Task]: Objective['measure'] } = {
  regression: withoutLoss(regressionMetrics),
  binary: withoutLoss(({ predicted, expected }) =>
    classificationMetrics({
      predicted: Array.from(predicted).flatMap((p) => [1 - p, p]),
      expected,
    }),
  ),
  classes: withoutLoss(classificationMetrics),
};

/**
 * The loss and the metrics that fit a data set and a model.
 *
 * Throws   UsageError where the model's output is not what the targets need, or the loss is none for this task
 */
export function chooseObjective(
  dataset: Dataset,
  model: Sequential,
  choices: readonly LayerChoice[],
  wanted: string | undefined,
): Objective {
  const task = taskOf(dataset, model, choices);
  const table = Object.fromEntries(lossesOf[task].map((name) => [name, name]));
  const loss =
    wanted === undefined
      ? (lossesOf[task][0] as string)
      : lookUp(table, wanted, { subject: '--loss', kind: `loss for this data set (${task})` });
  return { loss, measure: measureOf[task] };
}

function taskOf(dataset: Dataset, model: Sequential, choices: readonly LayerChoice[]): Task {
  const [, ...shape] = model.outputShape as number[];
  const width = shape.length === 1 ? (shape[0] as number) : undefined;
  const activation = outputActivation(choices.at(-1));
  const misfit = (expected: string, ending: string) =>
    new UsageError({
      subject: `--layers on '${dataset.name}'`,
      expected: `a model that gives ${expected}`,
      received: `outputs of shape [samples, ${shape.join(', ')}] with activation '${activation}'`,
      details: { input: `[samples, ${dataset.train.xShape.slice(1).join(', ')}]` },
      fix: `${shape.length > 1 ? "put 'flatten' before the first dense layer, and " : ''}let the model end in ${ending}`,
    });
  if (dataset.kind === 'regression') {
    if (width === 1) return 'regression';
    throw misfit('one number per sample', "'dense:1'");
  }
  const classes = dataset.classNames?.length ?? countClasses(dataset);
  if (classes === 2 && width === 1) {
    if (activation === 'sigmoid') return 'binary';
    throw misfit('a probability per sample', "'dense:1:sigmoid'");
  }
  if (width !== undefined && width >= classes && activation === 'softmax') return 'classes';
  throw misfit(
    `a distribution over ${classes} classes per sample`,
    `'dense:${classes}:softmax'${classes === 2 ? " or 'dense:1:sigmoid'" : ''}`,
  );
}

function outputActivation(last: LayerChoice | undefined): string {
  return last?.spec.name === 'softmax' ? 'softmax' : String(last?.config.activation ?? 'linear');
}

function countClasses({ train }: Dataset): number {
  return 1 + Array.from(train.y).reduce((largest, label) => Math.max(largest, label), 0);
}

/** The trainer reports the loss itself, whichever was chosen. */
function withoutLoss(measure: Objective['measure']): Objective['measure'] {
  return (predictions) => {
    const { loss: _, ...rest } = measure(predictions);
    return rest;
  };
}
