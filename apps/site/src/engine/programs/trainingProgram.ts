import {
  add,
  gather,
  gradient,
  input,
  mean,
  mul,
  type Node,
  type Program,
  programOf,
  square,
  state,
  sum,
} from '@polyneuron/graph';
import { clipByGlobalNorm, optimizer, stepOptimizer } from '@polyneuron/kernels';
import type { Settings } from '../../state/settings.js';
import { applyNetwork, type Network, weightName } from '../network/buildNetwork.js';
import type { Objective } from './objective.js';

/** Names of the program's input and of the state that is no weight. */
export const rowsName = 'rows';
export const rateName = 'rate';
export const xName = 'data:x';
export const yName = 'data:y';

export interface TrainingStep {
  readonly program: Program;
  /** First values of what the optimizer keeps, by name. */
  readonly slots: Readonly<Record<string, Float32Array | Int32Array>>;
}

export type TrainingSettings = Pick<Settings, 'optimizer' | 'batch' | 'decay' | 'clip'>;

/**
 * One training step on rows of a resident data set: forward, mean loss, backward, optimizer.
 *
 * loss = mean over the batch + decay · Σ kernel², of which the program returns the first part. The rate is state, so that
 * it changes without a new program.
 *
 * Shapes   rows [batch] int32; data:x [samples, inputs], data:y [samples, 1]
 */
export function trainingProgram(
  network: Network,
  objective: Objective,
  samples: number,
  settings: TrainingSettings,
): TrainingStep {
  const { batch, clip } = settings;
  const rows = input(rowsName, { shape: [batch], dtype: 'int32' });
  const x = gather(state(xName, { shape: [samples, network.inputs], dtype: 'float32' }), rows);
  const y = gather(state(yName, { shape: [samples, 1], dtype: 'float32' }), rows);
  const weights = Object.fromEntries(
    network.places.map(({ name, shape }) => [name, state(name, { shape, dtype: 'float32' })]),
  );
  const output = applyNetwork(network, x, weights, true).at(-1) as Node;
  const loss = mean(objective.perSample(y, output));
  const gradients = gradient(penalized(loss, network, weights, settings.decay), Object.values(weights));
  const rate = state(rateName, { shape: [], dtype: 'float32' });
  const step = stepOptimizer({
    spec: optimizer(settings.optimizer),
    parameters: weights,
    gradients: Object.fromEntries(Object.keys(weights).map((name, at) => [name, gradients[at]])),
    learningRate: () => rate,
    ...(clip > 0 && { clip: clipByGlobalNorm(clip) }),
  });
  const slots = Object.entries(step.state).map(([name, { spec, initialValue }]) => {
    const size = spec.shape.reduce((product, extent) => product * extent, 1);
    const values = spec.dtype === 'int32' ? new Int32Array(size) : new Float32Array(size);
    return [name, values.fill(initialValue)] as const;
  });
  return {
    program: programOf('trainingStep', { loss }, { ...step.parameters, ...step.updates }),
    slots: Object.fromEntries(slots),
  };
}

function penalized(
  loss: Node,
  { layers }: Network,
  weights: Readonly<Record<string, Node>>,
  decay: number,
): Node {
  if (decay === 0) return loss;
  const kernels = layers.flatMap(({ parameters }, at) =>
    parameters.filter(({ role }) => role === 'kernel').map(({ name }) => weights[weightName(at, name)]),
  );
  return kernels.reduce((total, kernel) => add(total, mul(sum(square(kernel)), decay)), loss);
}
