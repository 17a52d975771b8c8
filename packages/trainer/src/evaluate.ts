import type { Backend } from '@polyneuron/backend';
import { type Scalar, scalar } from '@tensorflow/tfjs-core';
import type { DataSource } from './data/hostTensor.js';
import { type SampleWeightArgument, standardizeSampleWeights } from './data/sampleWeights.js';
import { collectUnsupported } from './model/collectUnsupported.js';
import { compiledInternalsOf, type TfjsModel } from './model/modelInternals.js';
import { requireSupported } from './model/traceModel.js';
import { type LossWeights, resolveLossWeights } from './objective/lossWeights.js';
import { resolveObjectives } from './objective/objectives.js';
import { defaultBatchSize, positiveInteger } from './options.js';
import { Evaluator } from './training/evaluator.js';
import { readData, residentData, samplesOf } from './training/residentData.js';
import { readWeights, WeightMirror } from './training/weightMirror.js';
import { withBackend } from './withBackend.js';

export interface EvaluateArgs {
  /** Samples per run. default 32 */
  readonly batchSize?: number;
  /** Taken for tfjs's sake, without effect. */
  readonly verbose?: number;
  readonly sampleWeight?: SampleWeightArgument | null;
  /** Factors of the outputs' losses in the total. default 1 */
  readonly lossWeights?: LossWeights;
  /** default: tfjs, op by op, on its active backend */
  readonly backend?: Backend;
}

/**
 * `model.evaluate` on a compiled pass: the loss, or a list [loss, ...] in the order of `model.metricsNames` where there
 * is more to report. Penalties of regularizers are not part of the loss, as in tfjs. The caller disposes of the scalars.
 *
 * A model with several outputs gets its total loss first. (tfjs 4.22 returns one number too many there: the running
 * totals, then each loss again.)
 *
 * Throws   UnsupportedModelError that lists every part without a compiled form; ShapeError and ValueError on data that
 *          does not fit the model
 *
 * @example
 * const [loss, accuracy] = (await evaluate(model, x, y)) as Scalar[];
 */
export async function evaluate(
  model: TfjsModel,
  x: DataSource,
  y: DataSource,
  args: EvaluateArgs = {},
): Promise<Scalar | Scalar[]> {
  const internals = compiledInternalsOf('evaluate', model);
  const objectives = resolveObjectives(internals);
  requireSupported('evaluate', [...collectUnsupported(internals), ...objectives.unsupported]);
  const batchSize = positiveInteger('evaluate', 'batchSize', args.batchSize, defaultBatchSize);
  const lossWeights = resolveLossWeights('evaluate', args.lossWeights, internals.outputNames);
  const data = await readData('evaluate', internals, objectives, x, y);
  const weights = await standardizeSampleWeights(
    'evaluate',
    args.sampleWeight,
    internals.outputNames,
    samplesOf(data),
  );
  const resident = residentData('evaluate', internals, objectives, data, weights);
  const values = await withBackend('evaluate', args.backend, async (backend) => {
    const evaluator = await Evaluator.compile(
      backend,
      internals,
      objectives,
      resident,
      batchSize,
      lossWeights,
    );
    try {
      const state = await readWeights(evaluator.traced);
      const quantities = await evaluator.evaluate(state);
      new WeightMirror(evaluator.traced).assign(evaluator.changedIn(state));
      return quantities;
    } finally {
      evaluator.dispose();
    }
  });
  const scalars = values.map((value) => scalar(value));
  return scalars.length === 1 ? scalars[0] : scalars;
}
