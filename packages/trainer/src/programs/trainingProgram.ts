import {
  abs,
  add,
  and,
  cast,
  equal,
  gradient,
  lessEqual,
  type Node,
  type Program,
  programOf,
  select,
  state,
} from '@polyneuron/graph';
import type { LayerVariable } from '@tensorflow/tfjs-layers';
import type { ModelInternals } from '../model/modelInternals.js';
import type { TracedModel, TracedWeight } from '../model/tracedModel.js';
import type { Objective } from '../objective/objectives.js';
import { type OptimizerPlan, stepWeights, type WeightStep } from '../optimizer/optimizerPlan.js';
import { type BatchProgramOptions, batchGraph, quantityName } from './batchProgram.js';
import { withWeights } from './evaluationProgram.js';

/** 1 until the first loss that is not finite, 0 from then on: every later step changes nothing. */
export const healthName = 'health';

/** The largest float32: comparing with it is false for NaN and for infinities. */
const largest = 3.4028234663852886e38;

/** The program's own test of a loss or weight, also for backends that compute in float64. */
export const isGoodValue = (value: number): boolean => Math.abs(value) <= largest;

export interface TrainingProgram {
  readonly program: Program;
  readonly traced: TracedModel;
  /** Weights that the optimizer changes, in its order. */
  readonly trained: readonly TracedWeight[];
  /** State that the optimizer keeps. */
  readonly kept: WeightStep['state'];
}

/**
 * One training step of a whole model: forward, losses, penalties, backward, optimizer, constraints.
 *
 * Every new value of the state is guarded: select(health = 1 and |loss| < ∞, new, old). The step whose loss is not
 * finite changes nothing, nor does any step after it, so a scan that diverges half-way ends with the weights from
 * before.
 */
export function trainingProgram(
  model: ModelInternals,
  objectives: readonly Objective[],
  optimizer: OptimizerPlan,
  options: Omit<BatchProgramOptions, 'isTraining'>,
): TrainingProgram {
  const { traced, loss, quantities } = batchGraph(model, objectives, { ...options, isTraining: true });
  const total = traced.penalty ? add(loss, traced.penalty) : loss;
  const trained = trainedWeights(model, traced);
  const gradients = gradient(
    total,
    trained.map(({ node }) => node),
  );
  const stepped = stepWeights(optimizer, trained, gradients);
  const candidates = { ...traced.updates, ...stepped.updates };
  const health = state(healthName, { shape: [], dtype: 'int32' });
  const isGood = and(equal(health, 1), lessEqual(abs(total), largest));
  const updates: Record<string, Node> = { [healthName]: cast(isGood, 'int32') };
  for (const [name, node] of Object.entries(candidates))
    updates[name] = select(isGood, node, state(name, node));
  const outputs = Object.fromEntries([total, ...quantities].map((node, at) => [quantityName(at), node]));
  return {
    traced,
    trained,
    kept: stepped.state,
    program: withWeights(programOf('trainingStep', outputs, updates), traced),
  };
}

/**
 * tfjs trains what was trainable when the model was compiled and still is. (It lists, and steps, a weight twice when
 * the model reaches a layer both directly and through a nested model; here every weight takes one step.)
 */
function trainedWeights(
  { collectedTrainableWeights }: ModelInternals,
  { weights }: TracedModel,
): TracedWeight[] {
  const byVariable = new Map<LayerVariable, TracedWeight>(weights.map((weight) => [weight.variable, weight]));
  return [...new Set(collectedTrainableWeights)].flatMap((variable) =>
    variable.trainable ? (byVariable.get(variable) ?? []) : [],
  );
}
