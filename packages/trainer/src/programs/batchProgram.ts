/** @file What training and evaluation programs share: a batch drawn from resident data, forward, losses and metrics. */
import {
  add,
  cast,
  gather,
  input,
  iota,
  less,
  mul,
  type Node,
  state,
  type TensorSpec,
} from '@polyneuron/graph';
import type { ModelInternals } from '../model/modelInternals.js';
import type { CountedSamples, TracedModel } from '../model/tracedModel.js';
import { traceInternals } from '../model/traceModel.js';
import { batchMean } from '../objective/batchMean.js';
import type { Objective } from '../objective/objectives.js';

/** Names of program inputs and of the state entries that hold the data. */
export const rowsName = 'rows';
export const countName = 'count';
export const inputDataName = (at: number): string => `data:x${at}`;
export const targetDataName = (at: number): string => `data:y${at}`;
export const weightDataName = (at: number): string => `data:weight${at}`;
/** Names of program outputs: the total, then the losses of several outputs and the metrics in the order of labels. */
export const quantityName = (at: number): string => `quantity${at}`;

export interface BatchProgramOptions {
  readonly batchSize: number;
  readonly samples: number;
  readonly isTraining: boolean;
  /** Whether the last batch is partial. */
  readonly isPadded: boolean;
  /** Specs of the resident data, samples first. */
  readonly inputs: readonly TensorSpec[];
  readonly targets: readonly TensorSpec[];
  /** Whether each output has sample weights. */
  readonly isWeighted: readonly boolean[];
  readonly lossWeights: readonly number[];
}

export interface BatchGraph {
  readonly traced: TracedModel;
  /** Total loss without penalties. */
  readonly loss: Node;
  /** Losses of the outputs where there are several, then metrics: what follows the total in logs. */
  readonly quantities: readonly Node[];
}

/**
 * One batch: rows of the resident data through the model.
 *
 * A partial batch is padded with repetitions of its last sample, which are masked out of every mean: one program
 * serves every batch of an epoch, so a scan need not stop for the last one.
 */
export function batchGraph(
  model: ModelInternals,
  objectives: readonly Objective[],
  options: BatchProgramOptions,
): BatchGraph {
  const { batchSize, isTraining } = options;
  const rows = input(rowsName, { shape: [batchSize], dtype: 'int32' });
  const draw = (name: string, spec: TensorSpec): Node => gather(state(name, spec), rows);
  const counted = options.isPadded ? countedSamples(batchSize) : undefined;
  const traced = traceInternals(model, {
    batch: batchSize,
    isTraining,
    inputs: options.inputs.map((spec, at) => draw(inputDataName(at), spec)),
    ...(counted && { counted }),
  });
  const targets = options.targets.map((spec, at) => draw(targetDataName(at), spec));
  const lossOfOutput = objectives.map(({ loss }, at) => {
    const perSample = loss.perSample(targets[at], traced.outputs[at]);
    const weighted = options.isWeighted[at]
      ? mul(perSample, draw(weightDataName(at), { shape: [options.samples], dtype: 'float32' }))
      : perSample;
    return batchMean(weighted, counted);
  });
  const metrics = objectives.flatMap((objective, at) =>
    objective.metrics.map((term) => term.ofBatch(targets[at], traced.outputs[at], counted)),
  );
  return {
    traced,
    loss: lossOfOutput
      .map((loss, at) => (options.lossWeights[at] === 1 ? loss : mul(loss, options.lossWeights[at])))
      .reduce((total, loss) => add(total, loss)),
    quantities: [...(objectives.length > 1 ? lossOfOutput : []), ...metrics],
  };
}

function countedSamples(batchSize: number): CountedSamples {
  const count = input(countName, { shape: [], dtype: 'int32' });
  return { mask: less(iota([batchSize], 0), count), count: cast(count, 'float32') };
}
