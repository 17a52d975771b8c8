import type { Worker } from 'node:worker_threads';
import type { Executable } from '@polyneuron/backend';
import { opSamples, stack } from '@polyneuron/conformance';
import { planProgram } from '@polyneuron/fusion';
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
  opNames,
  type Program,
  simplify,
  sizeOf,
  square,
  sub,
  sum,
  tanh,
} from '@polyneuron/graph';
import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { sharesWork } from '../compile.js';
import { createWasmBackend } from '../wasmBackend.js';

const spec = (...shape: number[]) => ({ shape, dtype: 'float32' as const });

/** A training step whose contractions and loops are large enough to share, with rows and columns that do not divide. */
const step: Program = simplify(
  defineProgram({
    name: 'step',
    inputs: { rows: { shape: [37], dtype: 'int32' } },
    state: { data: spec(50, 91), w: spec(91, 67), v: spec(67, 91), momentum: spec(91, 67), wide: spec(9001) },
    build: ({ inputs: { rows }, state: { data, w, v, momentum, wide } }) => {
      const x = gather(data, rows);
      const hidden = tanh(einsum('bi,io->bo', x, w));
      const y = einsum('bi,io->bo', hidden, v);
      const loss = mean(square(sub(y, x)));
      const [dw, dv] = gradient(loss, [w, v]);
      const next = add(mul(momentum, 0.9), dw);
      return {
        outputs: { loss, total: sum(exp(mul(v, -1))) },
        updates: {
          w: sub(w, mul(next, 0.1)),
          v: sub(v, mul(dv, 0.1)),
          momentum: next,
          wide: mul(wide, 1.001),
        },
      };
    },
  }),
);
const steps = 5;
const random = testRandom(3);
const state = Object.fromEntries(
  Object.entries(step.state).map(
    ([name, { shape }]) =>
      [name, Float32Array.from(random.normals(sizeOf(shape)), (value) => value / 8)] as const,
  ),
);
const rows = Int32Array.from({ length: 37 * steps }, (_, i) => (i * 13) % 50);

async function train(executable: Executable): Promise<Record<string, Float32Array>> {
  for (const [name, data] of Object.entries(state)) executable.write(name, data);
  const { loss, total } = await executable.scan(steps, { rows });
  const after = await Promise.all(
    Object.keys(state).map(async (name) => [name, await executable.read(name)] as const),
  );
  return { loss, total, ...Object.fromEntries(after) } as Record<string, Float32Array>;
}

describe('threads', () => {
  const backends = [1, 2, 3].map((threads) => createWasmBackend({ threads }));
  afterAll(() => {
    for (const backend of backends) backend.dispose();
  });

  it('share contractions and long loops of this step', () => {
    const shared = planProgram(step).kernels.filter(sharesWork);
    expect(shared.filter(({ kind }) => kind === 'contraction')).toHaveLength(5);
    expect(shared.filter(({ kind }) => kind === 'loop').length).toBeGreaterThan(0);
  });

  it('give the same bits for 1, 2 and 3 of them, and the numbers of the interpreter', async () => {
    const results = [];
    for (const backend of backends)
      results.push(await train(await backend.compile(step, { deterministic: true })));
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
    let expected = interpret(step, { inputs: { rows: rows.subarray(0, 37) }, state });
    expectClose(results[0].loss.slice(0, 1), expected.outputs.loss, tolerances.float32.contraction(91 * 37));
    for (let at = 1; at < steps; at++)
      expected = interpret(step, {
        inputs: { rows: rows.subarray(37 * at, 37 * (at + 1)) },
        state: expected.state,
      });
    for (const name of Object.keys(state))
      expectClose(results[0][name], expected.state[name], tolerances.float32.trainingRun);
  });

  it('run every op sample through scan as one thread does', async () => {
    for (const op of opNames) {
      for (const sample of opSamples[op]) {
        const stacked = stack([sample.inputs, sample.inputs]);
        const results = [];
        for (const backend of backends) {
          const executable = await backend.compile(sample.program);
          results.push(await executable.scan(2, stacked));
          executable.dispose();
        }
        expect(results[1], `${op} ${sample.name}`).toEqual(results[0]);
        expect(results[2], `${op} ${sample.name}`).toEqual(results[0]);
      }
    }
  });

  it('say that an index is out of range, and work again afterwards', async () => {
    const executable = await backends[1].compile(step);
    const wrong = rows.slice();
    wrong[40] = 50;
    await expect(executable.scan(steps, { rows: wrong })).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ValueError: program 'step' on wasm expected indices within the axis that gather or scatterAdd names, got an index out of range.

      Fix: check the row and class indices that are fed]
    `);
    expect((await train(executable)).loss).toEqual((await train(await backends[0].compile(step))).loss);
  });

  it('reject a call while a scan runs', async () => {
    const executable = await backends[1].compile(step);
    const scan = executable.scan(steps, { rows });
    expect(() => executable.write('w', state.w)).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: executable of 'step' expected one call at a time, got a call while a scan runs.

      Fix: await the scan first]
    `);
    await scan;
  });

  it('queue scans of several executables', async () => {
    const executables = await Promise.all([backends[2].compile(step), backends[2].compile(step)]);
    const [a, b] = await Promise.all(executables.map(train));
    expect(a).toEqual(b);
  });

  it('reject numbers of threads that make no sense', () => {
    expect(() => createWasmBackend({ threads: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: createWasmBackend expected a whole number of threads from 1 to 64, got 0.

      Fix: pass the number of cores, or leave it out]
    `);
    expect(() => createWasmBackend({ threads: 1.5 })).toThrow(/whole number/);
  });
});

/** The next `count` workers that this process starts. */
function nextWorkers(count: number): Promise<Worker[]> {
  return new Promise((resolve) => {
    const workers: Worker[] = [];
    const listen = (worker: Worker) => {
      if (workers.push(worker) < count) return;
      process.off('worker', listen);
      resolve(workers);
    };
    process.on('worker', listen);
  });
}

describe('a worker that dies', () => {
  it('is an error of the scan, and the next scan starts new workers', async () => {
    const backend = createWasmBackend({ threads: 2 });
    const executable = await backend.compile(step);
    const many = 20_000;
    const workers = nextWorkers(2);
    const scan = executable.scan(many, { rows: Int32Array.from({ length: 37 * many }, (_, i) => i % 50) });
    // Real workers of this process, ended while they compute
    const lost = expect(scan).rejects.toThrowErrorMatchingInlineSnapshot(`
      [WorkerLostError: a worker of backend 'wasm' expected to finish its part, got it ended with exit code 0.

      Fix: write the state again before going on: the step that ran is incomplete. New workers start by themselves]
    `);
    void (await workers)[1].terminate();
    await lost;
    expect((await train(executable)).loss).toHaveLength(steps);
    backend.dispose();
  });
});
