import { optimizers } from '@polyneuron/kernels';
import {
  add,
  concat,
  matMul,
  mean,
  type Optimizer,
  relu,
  reshape,
  type Scalar,
  slice,
  square,
  sub,
  type Tensor,
  tensor,
  tidy,
  train,
  type Variable,
  variable,
} from '@tensorflow/tfjs-core';
import type { Workload } from '../../contenders/contender.js';
import type { OpenedTask } from '../../programs/caseProgram.js';

/** Task's weights as Lift emits them, 26 in a row: kernel [3, 5], bias [5], output kernel [5, 1], output bias [1]. */
const taskShapes = [[3, 5], [5], [5, 1], [1]] as const;
const taskSizes = taskShapes.map((shape) => shape.reduce<number>((product, extent) => product * extent, 1));
const features = 3;

/**
 * Seed 002 in tfjs-core: per sample, Lift emits Task's weights, one `optimizer.minimize` moves Task, a second one moves
 * Lift towards what Task became. Two RMSprops that live through the training, as in the document.
 */
export function trainLiftWithTfjs({ task, check, program, state }: OpenedTask<'lift'>): Workload {
  const { x, y, samples } = task.data();
  const lift = Object.fromEntries(
    check.names.map((name) => [name, loadVariable(state[name] as Float32Array, program.state[name].shape)]),
  );
  const taskWeights = taskShapes.map((shape, at) => loadVariable(new Float32Array(taskSizes[at]), shape));
  const phases = [createRmsprop(), createRmsprop()] as const;
  let next = 0;
  const trainSamples = async (runs: number) => {
    for (let run = 0; run < runs; run++) {
      const at = next++ % samples;
      trainSample(x.subarray(at * features, (at + 1) * features), y[at], lift, taskWeights, phases);
    }
    await lift.bias1.data();
  };
  return {
    async check() {
      // The check's samples are the first ones of the case.
      await trainSamples(check.runs);
      const values: Record<string, Float32Array> = {};
      for (const [name, weight] of Object.entries(lift)) values[name] = (await weight.data()) as Float32Array;
      return values;
    },
    run: trainSamples,
    dispose() {
      for (const weight of [...Object.values(lift), ...taskWeights]) weight.dispose();
      for (const optimizer of phases) optimizer.dispose();
    },
  };
}

function loadVariable(values: Float32Array, shape: readonly number[]): Variable {
  return tidy(() => variable(tensor(values, [...shape], 'float32')));
}

/** The record's defaults, so that both sides train alike. */
function createRmsprop(): Optimizer {
  const { learningRate, decay, momentum, epsilon, centered } = optimizers.rmsprop.defaults;
  return train.rmsprop(learningRate, decay, momentum, epsilon, centered);
}

type Weights = Readonly<Record<string, Variable>>;

function trainSample(
  sample: Float32Array,
  target: number,
  lift: Weights,
  task: readonly Variable[],
  [ofTask, ofLift]: readonly [Optimizer, Optimizer],
): void {
  tidy(() => {
    const x = tensor(sample, [1, features], 'float32');
    const y = tensor([target], [1, 1], 'float32');
    splitInto(task, emit(x, lift));
    ofTask.minimize(() => squaredError(predict(x, task), y), false, [...task]);
    const moved = joined(task);
    ofLift.minimize(() => squaredError(emit(x, lift), moved), false, Object.values(lift));
  });
}

/** Assigns Task's weights from a row of all of them. */
function splitInto(weights: readonly Variable[], row: Tensor): void {
  let from = 0;
  weights.forEach((weight, at) => {
    weight.assign(reshape(slice(row, [0, from], [1, taskSizes[at]]), weight.shape));
    from += taskSizes[at];
  });
}

function joined(weights: readonly Variable[]): Tensor {
  return concat(
    weights.map((weight, at) => reshape(weight, [1, taskSizes[at]])),
    1,
  );
}

const squaredError = (actual: Tensor, expected: Tensor) => mean(square(sub(actual, expected))) as Scalar;

function emit(x: Tensor, { kernel1, bias1, kernel2, bias2 }: Weights): Tensor {
  return add(matMul(relu(add(matMul(x, kernel1), bias1)), kernel2), bias2);
}

function predict(x: Tensor, [kernel, bias, outputKernel, outputBias]: readonly Tensor[]): Tensor {
  return add(matMul(relu(add(matMul(x, kernel), bias)), outputKernel), outputBias);
}
