import type { Array as JaxArray } from '@jax-js/jax';
import { resolveConfig } from '@polyneuron/kernels';
import type { TrainingTask } from '../../cases/benchCase.js';
import type { Preparation } from '../../contenders/contender.js';
import { type HostColumn, stepsPerEpoch, takeRows } from '../../models/sequentialModel.js';
import type { OpenedTask } from '../../programs/caseProgram.js';
import { plannedParameters, weightName } from '../../programs/network.js';
import { rowsName, xName } from '../../programs/trainingCaseProgram.js';
import { activations, forwards, type JaxModule, losses, lossesOfLogits, type Weights } from './jaxLayers.js';
import { jaxOptimizers, type Slots } from './jaxOptimizers.js';

interface State {
  readonly weights: Weights;
  readonly slots: Slots;
}

type Update = (weights: Weights, slots: Slots, x: JaxArray, y: JaxArray) => [Weights, Slots, JaxArray];

interface Batch {
  readonly x: JaxArray;
  readonly y: JaxArray;
}

/** The update as one jitted function, called once per step; batches are cut and on the device before the clock starts. */
export function trainWithJax(opened: OpenedTask<'training'>, jax: JaxModule): Preparation {
  const { task, check } = opened;
  const reason = whyUnsupported(task);
  if (reason) return { unsupported: reason };
  const optimizer = jaxOptimizers[task.optimizer.name];
  const update = jax.jit(createUpdate(opened, jax) as never) as unknown as Update & { dispose(): void };
  const first = firstWeights(opened, jax);
  let state: State = { weights: first, slots: optimizer.start(jax, first) };
  let loss: JaxArray | undefined;
  const batches = Array.from({ length: stepsPerEpoch(opened) }, (_, at) =>
    batchOf(opened, jax, rowsFrom(at * task.batch, task.batch)),
  );
  const step = ({ x, y }: Batch) => {
    loss?.dispose();
    const [weights, slots, value] = update(state.weights, state.slots, x.ref, y.ref);
    state = { weights, slots };
    loss = value;
  };
  let done = 0;
  return {
    async check() {
      const rows = check.inputs[rowsName] as Int32Array;
      for (let at = 0; at < check.runs; at++) {
        const batch = batchOf(opened, jax, rows.slice(at * task.batch, (at + 1) * task.batch));
        step(batch);
        disposeOf(batch);
      }
      const values: Record<string, Float32Array> = {};
      for (const name of check.names) values[name] = (await state.weights[name].ref.data()) as Float32Array;
      return values;
    },
    async run(runs) {
      for (let at = 0; at < runs; at++) step(batches[done++ % batches.length]);
      // Operations are lazy: the weights of the last step wait for all of them, the loss is what a user reads.
      await jax.blockUntilReady(state.weights as never);
      await loss?.ref.data();
    },
    dispose() {
      batches.forEach(disposeOf);
      for (const array of [...Object.values(state.weights), ...Object.values(state.slots)]) array.dispose();
      loss?.dispose();
      update.dispose();
    },
  };
}

function createUpdate(opened: OpenedTask<'training'>, jax: JaxModule): Update {
  const { task } = opened;
  const forward = createForward(opened, jax);
  const loss = losses[task.loss];
  const { learningRate } = task.optimizer;
  const lossOf = (weights: Weights, x: JaxArray, y: JaxArray) =>
    (loss as NonNullable<typeof loss>)(jax, forward(weights, x), y);
  return (weights, slots, x, y) => {
    const kept = Object.fromEntries(Object.entries(weights).map(([name, weight]) => [name, weight.ref]));
    const [value, gradients] = jax.valueAndGrad(lossOf as never)(...([kept, x, y] as never)) as unknown as [
      JaxArray,
      Weights,
    ];
    const moved = jaxOptimizers[task.optimizer.name].move(jax, weights, gradients, slots, learningRate);
    return [moved.weights, moved.slots, value];
  };
}

function createForward(opened: OpenedTask<'training'>, jax: JaxModule) {
  const { task, program } = opened;
  const planned = plannedParameters(task, program.state[xName].shape.slice(1));
  return (weights: Weights, x: JaxArray): JaxArray =>
    planned.reduce((input, { spec, config, parameters }, at) => {
      const own = Object.fromEntries(parameters.map(({ name }) => [name, weights[weightName(at, name)]]));
      const { activation = 'linear' } = resolveConfig(spec, config) as { readonly activation?: string };
      const isLeftToLoss =
        at === planned.length - 1 && activation === 'softmax' && lossesOfLogits.includes(task.loss);
      const forward = forwards[task.layers[at].layer] as NonNullable<(typeof forwards)['dense']>;
      return forward(jax, input, own, isLeftToLoss ? 'linear' : activation);
    }, x);
}

function firstWeights({ check, state, program }: OpenedTask<'training'>, jax: JaxModule): Weights {
  return Object.fromEntries(
    check.names.map((name) => [
      name,
      arrayOf(jax, { data: state[name] as Float32Array, shape: program.state[name].shape }),
    ]),
  );
}

function rowsFrom(first: number, count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, at) => first + at);
}

function batchOf(opened: OpenedTask<'training'>, jax: JaxModule, rows: Int32Array): Batch {
  const { x, y } = takeRows(opened, rows);
  return { x: arrayOf(jax, x), y: arrayOf(jax, y) };
}

function arrayOf({ numpy }: JaxModule, { data, shape }: HostColumn): JaxArray {
  return numpy.array(data.slice(), { shape: [...shape] });
}

function disposeOf({ x, y }: Batch): void {
  x.dispose();
  y.dispose();
}

function whyUnsupported({ layers, loss }: TrainingTask): string | undefined {
  const strangers = [...new Set(layers.map(({ layer }) => layer).filter((name) => !forwards[name]))];
  const unknown = layers
    .map(({ config }) => (config as { readonly activation?: string }).activation ?? 'linear')
    .filter((name) => !activations[name]);
  const lacking = [...strangers, ...unknown, ...(losses[loss] ? [] : [loss])];
  return lacking.length > 0 ? `no jax-js form of ${lacking.join(', ')} is written here` : undefined;
}
