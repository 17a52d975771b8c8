/** @file A training step of a small network on resident data: contractions, a gather, momentum, sums. */
import type { Backend, Executable, TensorData } from '@polyneuron/backend';
import {
  add,
  defineProgram,
  einsum,
  exp,
  gather,
  gradient,
  interpret,
  mean,
  mul,
  type Program,
  simplify,
  sizeOf,
  square,
  sub,
  sum,
  tanh,
} from '@polyneuron/graph';
import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { type BackendChoice, backendOf, collect, type Findings } from './backends.js';

const spec = (...shape: number[]) => ({ shape, dtype: 'float32' as const });
const batch = 37;
const samples = 50;
export const steps = 5;

/** Rows and columns that fill neither texels nor vectors, and enough work for several threads. */
export const step: Program = simplify(
  defineProgram({
    name: 'step',
    inputs: { rows: { shape: [batch], dtype: 'int32' } },
    state: { data: spec(samples, 91), w: spec(91, 67), v: spec(67, 91), momentum: spec(91, 67) },
    build: ({ inputs: { rows }, state: { data, w, v, momentum } }) => {
      const x = gather(data, rows);
      const hidden = tanh(einsum('bi,io->bo', x, w));
      const y = einsum('bi,io->bo', hidden, v);
      const loss = mean(square(sub(y, x)));
      const [dw, dv] = gradient(loss, [w, v]);
      const next = add(mul(momentum, 0.9), dw);
      return {
        outputs: { loss, total: sum(exp(mul(v, -1))) },
        updates: { w: sub(w, mul(next, 0.1)), v: sub(v, mul(dv, 0.1)), momentum: next },
      };
    },
  }),
);

export const startState = (): Record<string, Float32Array> => {
  const random = testRandom(3);
  return Object.fromEntries(
    Object.entries(step.state).map(([name, { shape }]) => [
      name,
      Float32Array.from(random.normals(sizeOf(shape)), (value) => value / 8),
    ]),
  );
};

export const fedRows = (): Int32Array =>
  Int32Array.from({ length: batch * steps }, (_, i) => (i * 13) % samples);

export async function train(executable: Executable): Promise<Record<string, TensorData>> {
  for (const [name, data] of Object.entries(startState())) executable.write(name, data);
  const outputs = await executable.scan(steps, { rows: fedRows() });
  const after: Record<string, TensorData> = { ...outputs };
  for (const name of Object.keys(step.state)) after[name] = await executable.read(name);
  return after;
}

export async function trainOn(backend: Backend): Promise<Record<string, TensorData>> {
  const executable = await backend.compile(step, { deterministic: true });
  const result = await train(executable);
  executable.dispose();
  return result;
}

/** Several steps against the float64 interpreter. */
export async function trainingConformance(choice: BackendChoice): Promise<Findings> {
  return collect([
    {
      title: 'training',
      check: async () => {
        const actual = await trainOn(backendOf(choice));
        const losses: number[] = [];
        let state: Record<string, ArrayLike<number>> = startState();
        for (let at = 0; at < steps; at++) {
          const inputs = { rows: fedRows().subarray(batch * at, batch * (at + 1)) };
          const result = interpret(step, { inputs, state });
          losses.push(result.outputs.loss[0]);
          state = result.state;
        }
        expectClose(actual.loss, losses, tolerances.float32.trainingRun);
        for (const [name, values] of Object.entries(state))
          expectClose(actual[name], values, tolerances.float32.trainingRun);
      },
    },
  ]);
}

/** Names of results whose bits differ between two backends. */
export async function differingBits(a: BackendChoice, b: BackendChoice): Promise<string[]> {
  const [first, second] = [await trainOn(backendOf(a)), await trainOn(backendOf(b))];
  return Object.keys(first).filter((name) =>
    first[name].some((value, at) => !Object.is(value, second[name][at])),
  );
}
