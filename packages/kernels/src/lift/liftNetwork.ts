/** @file Sizes and layout of a Task network and of the Lift network that emits the Task's weights (seed 002). */
import { add, matMul, type Node, type Shape, sizeOf } from '@polyneuron/graph';
import { type ActivationName, activation } from '../activations/activations.js';
import { initializers } from '../initializers/initializer.js';
import { initialValues } from '../initializers/initialValues.js';
import { requireWhole } from '../layers/checks.js';
import { type TaskNetwork, taskWeightCount } from '../layers/hyper/taskNetwork.js';
import type { RmspropConfig } from '../optimizers/rmsprop.js';

export interface LiftConfig {
  /** Features of x, which both networks read. */
  readonly inputs: number;
  /** Of Lift. */
  readonly hiddenUnits: number;
  readonly hiddenActivation: ActivationName;
  /** Units of each layer of Task; the last is the output. */
  readonly taskUnits: readonly number[];
  /** Between layers of Task. */
  readonly taskActivation: ActivationName;
  /** RMSprop of both networks; what is left out has its record's default. */
  readonly optimizer: Partial<RmspropConfig>;
}

/** The document's networks, Lift 3-10-26 and Task 3-5-1, with Keras's RMSprop. */
export const liftDefaults: LiftConfig = {
  inputs: 3,
  hiddenUnits: 10,
  hiddenActivation: 'relu',
  taskUnits: [5, 1],
  taskActivation: 'relu',
  optimizer: { dialect: 'keras' },
};

/** Completes the options; rejects sizes below 1 and a Task without layers. */
export function liftConfig(options: Partial<LiftConfig>): LiftConfig {
  const config: LiftConfig = { ...liftDefaults, ...options };
  requireWhole('lift', 'inputs', config.inputs, 1);
  requireWhole('lift', 'hiddenUnits', config.hiddenUnits, 1);
  requireWhole('lift', 'the number of taskUnits', config.taskUnits.length, 1);
  for (const units of config.taskUnits) requireWhole('lift', 'every one of taskUnits', units, 1);
  return config;
}

export type LiftWeightName = 'kernel1' | 'bias1' | 'kernel2' | 'bias2';

export function taskOf({ inputs, taskUnits }: LiftConfig): TaskNetwork {
  return { inputs, units: taskUnits, useBias: true, rank: null };
}

/** Shapes of Lift's weights, in the order of Keras's `get_weights()`. */
export function liftShapes(config: LiftConfig): Record<LiftWeightName, Shape> {
  const count = taskWeightCount(taskOf(config));
  return {
    kernel1: [config.inputs, config.hiddenUnits],
    bias1: [config.hiddenUnits],
    kernel2: [config.hiddenUnits, count],
    bias2: [count],
  };
}

/** Number of weights of Lift: 326 with the defaults. Task's own weights are Lift's output, none of them is free. */
export function countLiftParameters(options: Partial<LiftConfig> = {}): number {
  const shapes = liftShapes(liftConfig(options));
  return Object.values(shapes).reduce((count, shape) => count + sizeOf(shape), 0);
}

/** Lift(x) = a(x kernel1 + bias1) kernel2 + bias2, [B, inputs] → [B, Task's weights]. */
export function emitTaskWeights(
  config: LiftConfig,
  x: Node,
  weights: Readonly<Record<LiftWeightName, Node>>,
): Node {
  const hidden = activation(config.hiddenActivation).apply(add(matMul(x, weights.kernel1), weights.bias1));
  return add(matMul(hidden, weights.kernel2), weights.bias2);
}

/** First weights of Lift by name, as Keras's Dense draws them: Glorot uniform kernels, zero biases. */
export function createLiftWeights(
  seed: number,
  options: Partial<LiftConfig> = {},
): Record<LiftWeightName, Float32Array> {
  const shapes = liftShapes(liftConfig(options));
  const draw = (name: LiftWeightName) => {
    const isKernel = shapes[name].length === 2;
    const law = isKernel
      ? { initializer: initializers.glorotUniform, fanAxes: { in: [0], out: [1] } }
      : { initializer: initializers.zeros };
    return Float32Array.from(initialValues({ shape: shapes[name], ...law }, seed, `lift/${name}`));
  };
  return { kernel1: draw('kernel1'), bias1: draw('bias1'), kernel2: draw('kernel2'), bias2: draw('bias2') };
}
