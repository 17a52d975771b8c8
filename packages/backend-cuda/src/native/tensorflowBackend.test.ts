import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { type Backend, createReferenceBackend, type TensorMap } from '@polyneuron/backend';
import { add, defineProgram, div, einsum, gather, mul, sub, sum } from '@polyneuron/graph';
import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { loadTensorflow } from './load/loadTensorflow.js';
import { createTensorflowBackend } from './tensorflowBackend.js';
import { hasBinding, warnWithoutBinding } from './testing/foundBinding.js';

warnWithoutBinding('the graphs on TensorFlow');

const { exact, trainingRun } = tolerances.float32;
const vector = { shape: [2], dtype: 'float32' } as const;

/** Least squares by gradient descent, with the loss of each step. */
const descent = defineProgram({
  name: 'descent',
  inputs: { x: { shape: [4, 3], dtype: 'float32' } },
  state: { w: { shape: [3, 2], dtype: 'float32' }, target: { shape: [4, 2], dtype: 'float32' } },
  build: ({ inputs: { x }, state: { w, target } }) => {
    const error = sub(einsum('bi,io->bo', x, w), target);
    return {
      outputs: { loss: sum(mul(error, error)), error },
      updates: { w: sub(w, mul(einsum('bi,bo->io', x, error), 0.05)) },
    };
  },
});

const swap = defineProgram({
  name: 'swap',
  inputs: { x: vector },
  state: { a: vector, b: vector, kept: vector },
  build: ({ inputs: { x }, state: { a, b } }) => ({
    outputs: { x, before: b },
    updates: { a: b, b: add(a, x) },
  }),
});

const rows = defineProgram({
  name: 'rows',
  inputs: { at: { shape: [2], dtype: 'int32' } },
  state: { table: { shape: [3], dtype: 'float32' } },
  build: ({ inputs: { at }, state: { table } }) => ({
    outputs: { y: gather(table, at) },
    updates: { table: add(table, 1) },
  }),
});

describe.skipIf(!hasBinding)('createTensorflowBackend', () => {
  let backend: Backend;
  beforeEach(() => {
    backend = createTensorflowBackend(loadTensorflow({ device: 'cpu' }));
    return () => backend.dispose();
  });

  it('says what it runs on', () => {
    const { version, threads } = loadTensorflow();
    expect(backend.name).toBe('native-cpu');
    expect(backend.device.description).toContain(`TensorFlow ${version}, ${threads} thread`);
  });

  it('carries state through a scan as the reference does, and stacks the outputs', async () => {
    const steps = 20;
    const random = testRandom(5);
    const x = Float32Array.from(random.normals(steps * 12));
    const target = Float32Array.from(random.normals(8));
    const results: TensorMap[] = [];
    for (const each of [backend, createReferenceBackend()]) {
      const executable = await each.compile(descent);
      executable.write('target', target);
      results.push({ ...(await executable.scan(steps, { x })), w: await executable.read('w') });
      executable.dispose();
    }
    const [actual, expected] = results;
    for (const name of ['loss', 'error', 'w'] as const)
      expectClose(actual[name], Float64Array.from(expected[name]), trainingRun);
  });

  it('starts state at 0 and computes all updates from the old values', async () => {
    const executable = await backend.compile(swap);
    executable.write('kept', Float32Array.of(7, 8));
    const x = Float32Array.of(1, 2);
    expect(executable.runSync?.({ x })).toEqual({ x, before: Float32Array.of(0, 0) });
    expect(await executable.scan(2, { x: Float32Array.of(3, 4, 5, 6) })).toEqual({
      x: Float32Array.of(3, 4, 5, 6),
      before: Float32Array.of(1, 2, 3, 4),
    });
    expect(await executable.read('a')).toEqual(Float32Array.of(3, 4));
    expect(await executable.read('b')).toEqual(Float32Array.of(6, 8));
    expect(await executable.read('kept')).toEqual(Float32Array.of(7, 8));
  });

  it('scans no step', async () => {
    const executable = await backend.compile(swap);
    executable.write('a', Float32Array.of(1, 2));
    expect(await executable.scan(0, { x: new Float32Array(0) })).toEqual({
      x: new Float32Array(0),
      before: new Float32Array(0),
    });
    expect(await executable.read('a')).toEqual(Float32Array.of(1, 2));
  });

  it('runs a program of updates alone', async () => {
    const program = defineProgram({
      name: 'count',
      state: { n: { shape: [], dtype: 'int32' } },
      build: ({ state: { n } }) => ({ outputs: {}, updates: { n: add(n, 1) } }),
    });
    const executable = await backend.compile(program);
    await executable.run({});
    await executable.scan(4, {});
    expect(await executable.read('n')).toEqual(Int32Array.of(5));
  });

  it('keeps what is written when the memory it came from is used again', async () => {
    const executable = await backend.compile(rows);
    const values = Float32Array.of(1, 2, 3);
    for (let i = 0; i < 200; i++) executable.write('table', values);
    values.fill(9);
    const { y } = await executable.run({ at: Int32Array.of(2, 0) });
    expectClose(y, [3, 1], exact);
  });

  it('leaves no tensor, no session and no file behind', async () => {
    const { binding } = loadTensorflow();
    const held = () => [
      binding.getNumOfTensors(),
      binding.getNumOfSavedModels(),
      readdirSync(tmpdir()).filter((name) => name.startsWith('polyneuron-graph-')).length,
    ];
    const before = held();
    const own = createTensorflowBackend(loadTensorflow());
    const executable = await own.compile(rows);
    for (let i = 0; i < 50; i++) await executable.run({ at: Int32Array.of(0, 1) });
    await expect(executable.run({ at: Int32Array.of(0, 9) })).rejects.toThrow('9 is not in');
    own.dispose();
    expect(held()).toEqual(before);
  });

  it('takes a session again for a program that prints alike, with state at 0', async () => {
    const { binding } = loadTensorflow();
    const first = await backend.compile(rows);
    first.write('table', Float32Array.of(1, 2, 3));
    const sessions = binding.getNumOfSavedModels();
    first.dispose();
    const second = await backend.compile(rows);
    expect(binding.getNumOfSavedModels()).toBe(sessions);
    expect(await second.read('table')).toEqual(new Float32Array(3));
    const third = await backend.compile(rows);
    third.write('table', Float32Array.of(4, 5, 6));
    expect(await second.read('table')).toEqual(new Float32Array(3));
  });

  it('says what TensorFlow refuses, and keeps the state', async () => {
    const executable = await backend.compile(rows);
    executable.write('table', Float32Array.of(1, 2, 3));
    await expect(executable.run({ at: Int32Array.of(0, 9) })).rejects.toMatchObject({
      code: 'TensorflowError',
      message: expect.stringMatching(
        /^program 'rows' expected to run on TensorFlow, got indices\[1\] = 9 is not in \[0, 3\)[\s\S]*\n\nFix: keep indices within their table/,
      ),
    });
    expect(await executable.read('table')).toEqual(Float32Array.of(1, 2, 3));
    expect(await executable.run({ at: Int32Array.of(2, 0) })).toEqual({ y: Float32Array.of(3, 1) });
  });

  it('takes a whole number divided by 0 for an error, unlike the reference', async () => {
    const program = defineProgram({
      name: 'quotient',
      inputs: { a: { shape: [], dtype: 'int32' } },
      build: ({ inputs: { a } }) => ({ outputs: { y: div(1, a) } }),
    });
    const executable = await backend.compile(program);
    await expect(executable.run({ a: Int32Array.of(0) })).rejects.toThrow(/integer div/i);
  });

  it('refuses work after dispose()', async () => {
    const executable = await backend.compile(rows);
    executable.dispose();
    executable.dispose();
    expect(() => executable.write('table', Float32Array.of(1, 2, 3))).toThrowErrorMatchingInlineSnapshot(`
      [DisposedError: executable of 'rows' expected to be used before dispose(), got a call after it.

      Fix: compile the program again, or dispose later]
    `);
    backend.dispose();
    await expect(backend.compile(rows)).rejects.toThrowErrorMatchingInlineSnapshot(`
      [DisposedError: backend 'native-cpu' expected to be used before dispose(), got a call after it.

      Fix: compile the program again, or dispose later]
    `);
  });

  it('rejects inputs of a wrong size before TensorFlow sees them', async () => {
    const executable = await backend.compile(rows);
    await expect(executable.run({ at: Int32Array.of(1) })).rejects.toThrow(
      "2 elements for input 'at' int32[2]",
    );
    await expect(executable.scan(2, { at: Int32Array.of(1, 2) })).rejects.toThrow('4 elements');
    expect(() => executable.write('other', Float32Array.of(1))).toThrow("a state entry among 'table'");
  });
});
