import { createRegistry, type Executable, selectBackend } from '@polyneuron/backend';
import { add, cast, constant, defineProgram, einsum, mul, reshape, sub } from '@polyneuron/graph';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { createTfjsBackend, tfjsBackendEntry } from './index.js';

/** y = x + a; then a and b swap, b growing by x: both updates see the old values. */
const swapping = defineProgram({
  name: 'swapping',
  inputs: { x: { shape: [2], dtype: 'float32' } },
  state: { a: { shape: [2], dtype: 'float32' }, b: { shape: [2], dtype: 'float32' } },
  build: ({ inputs: { x }, state: { a, b } }) => ({
    outputs: { y: add(x, a) },
    updates: { a: b, b: add(a, x) },
  }),
});

describe.each(['cpu', 'wasm'])('createTfjsBackend on tfjs %s', (name) => {
  beforeEach(async () => {
    await tf.setBackend(name);
  });

  const compile = (): Promise<Executable> => createTfjsBackend().compile(swapping);

  it('names the tfjs backend it runs on', () => {
    expect(createTfjsBackend()).toMatchObject({
      name: `tfjs:${name}`,
      device: { facts: { tfjsBackend: name, hostMemory: true } },
    });
  });

  it('starts state at 0 and updates all of it from the old values', async () => {
    const executable = await compile();
    expect(await executable.run({ x: Float32Array.of(1, 2) })).toEqual({ y: Float32Array.of(1, 2) });
    executable.write('a', Float32Array.of(10, 20));
    expect(executable.runSync?.({ x: Float32Array.of(1, 1) })).toEqual({ y: Float32Array.of(11, 21) });
    expect(await executable.read('a')).toEqual(Float32Array.of(1, 2));
    expect(await executable.read('b')).toEqual(Float32Array.of(11, 21));
    executable.dispose();
  });

  it('scans as it runs', async () => {
    const [scanned, stepped] = [await compile(), await compile()];
    const x = Float32Array.of(1, 2, 3, 4, 5, 6);
    const { y } = await scanned.scan(3, { x });
    const steps = [0, 1, 2].map(
      (step) => stepped.runSync?.({ x: x.subarray(2 * step, 2 * step + 2) }).y ?? [],
    );
    expect([...y]).toEqual(steps.flatMap((values) => [...values]));
    expect(await scanned.read('b')).toEqual(await stepped.read('b'));
    scanned.dispose();
    stepped.dispose();
  });

  it('shares no memory with the caller, with its state, or between outputs', async () => {
    const program = defineProgram({
      name: 'echo',
      inputs: { x: { shape: [2], dtype: 'float32' } },
      state: { s: { shape: [2], dtype: 'float32' } },
      build: ({ inputs: { x }, state: { s } }) => ({
        outputs: { x, s, flat: reshape(x, [2, 1]), c: constant([7, 8], [2]) },
        updates: { s: x },
      }),
    });
    const executable = await createTfjsBackend().compile(program);
    const x = Float32Array.of(1, 2);
    const outputs = await executable.run({ x });
    x.fill(9);
    for (const output of Object.values(outputs)) output.fill(5);
    (await executable.read('s')).fill(6);
    expect(await executable.run({ x: Float32Array.of(3, 4) })).toEqual({
      x: Float32Array.of(3, 4),
      s: Float32Array.of(1, 2),
      flat: Float32Array.of(3, 4),
      c: Float32Array.of(7, 8),
    });
    executable.dispose();
  });

  it('keeps state of each dtype', async () => {
    const program = defineProgram({
      name: 'counter',
      state: { n: { shape: [], dtype: 'int32' }, flag: { shape: [2], dtype: 'bool' } },
      build: ({ state: { n, flag } }) => ({
        outputs: { odd: sub(n, mul(n, 2)), flag },
        updates: { n: add(n, 1), flag: cast(constant([1, 0], [2]), 'bool') },
      }),
    });
    const executable = await createTfjsBackend().compile(program);
    executable.write('n', Int32Array.of(2 ** 31 - 1));
    expect(await executable.run({})).toEqual({
      odd: Int32Array.of(-(2 ** 31 - 1)),
      flag: Uint8Array.of(0, 0),
    });
    expect(await executable.read('n')).toEqual(Int32Array.of(-(2 ** 31)));
    expect(await executable.read('flag')).toEqual(Uint8Array.of(1, 0));
    executable.dispose();
  });

  it('stays on its tfjs backend when another becomes active', async () => {
    const executable = await compile();
    await tf.setBackend(name === 'cpu' ? 'wasm' : 'cpu');
    expect(await executable.run({ x: Float32Array.of(1, 2) })).toEqual({ y: Float32Array.of(1, 2) });
    executable.dispose();
  });

  it('survives tf.tidy and tf.disposeVariables around it', async () => {
    const executable = await compile();
    tf.tidy(() => void executable.runSync?.({ x: Float32Array.of(1, 2) }));
    tf.disposeVariables();
    expect(await executable.read('b')).toEqual(Float32Array.of(1, 2));
    executable.dispose();
  });

  it('keeps the state when a run is refused', async () => {
    const executable = await compile();
    executable.write('a', Float32Array.of(1, 2));
    await expect(executable.run({ x: new Float32Array(3) })).rejects.toThrow(
      "expected 2 elements for input 'x'",
    );
    expect(() => executable.write('c', new Float32Array(2))).toThrow("a state entry among 'a', 'b'");
    await expect(executable.read('c')).rejects.toThrow("got 'c'");
    expect(await executable.read('a')).toEqual(Float32Array.of(1, 2));
    executable.dispose();
  });

  it('trains: 200 steps of gradient descent written as a program', async () => {
    const program = defineProgram({
      name: 'descent',
      inputs: { x: { shape: [4, 2], dtype: 'float32' }, t: { shape: [4], dtype: 'float32' } },
      state: { w: { shape: [2], dtype: 'float32' } },
      build: ({ inputs: { x, t }, state: { w } }) => {
        const error = sub(einsum('bi,i->b', x, w), t);
        return {
          outputs: { loss: einsum('b,b->', error, error) },
          updates: { w: sub(w, mul(einsum('bi,b->i', x, error), 0.1)) },
        };
      },
    });
    const executable = await createTfjsBackend().compile(program);
    const x = Float32Array.of(1, 0, 0, 1, 1, 1, 1, -1);
    const t = Float32Array.of(2, -1, 1, 3);
    const repeat = (values: Float32Array) =>
      Float32Array.from({ length: 200 * values.length }, (_, at) => values[at % values.length]);
    const { loss } = await executable.scan(200, { x: repeat(x), t: repeat(t) });
    expect(loss[0]).toBe(15);
    // x'x = 3 I, so the error shrinks by 0.7 per step
    expect(loss[199]).toBeLessThan(1e-9);
    executable.dispose();
  });

  it('rejects use after dispose, of the backend too', async () => {
    const backend = createTfjsBackend();
    const executable = await backend.compile(swapping);
    backend.dispose();
    expect(() => executable.runSync?.({ x: new Float32Array(2) })).toThrow(
      "executable of 'swapping' expected to be used before dispose()",
    );
    await expect(executable.scan(1, { x: new Float32Array(2) })).rejects.toThrow('dispose');
    await expect(backend.compile(swapping)).rejects.toThrow(`backend 'tfjs:${name}'`);
  });
});

describe('tfjsBackendEntry', () => {
  it('loads the tfjs backend it names', async () => {
    const registry = createRegistry([
      tfjsBackendEntry('cpu', { priority: 1 }),
      tfjsBackendEntry('wasm', { priority: 2 }),
    ]);
    const { backend, passedOver } = await selectBackend(registry, 'auto');
    expect([backend.name, tf.getBackend(), passedOver]).toEqual(['tfjs:wasm', 'wasm', []]);
  });

  it('says how to get a backend that is not there', async () => {
    const registry = createRegistry([tfjsBackendEntry('webgl')]);
    await expect(selectBackend(registry, 'tfjs:webgl')).rejects.toThrowErrorMatchingInlineSnapshot(`
      [BackendUnavailableError: backend 'tfjs:webgl' expected to run here, got no package registered a tfjs backend 'webgl'.

      Fix: install and import @tensorflow/tfjs-backend-webgl]
    `);
  });

  it('says when tfjs cannot initialise one', async () => {
    tf.registerBackend('broken', () => {
      throw new Error('no device');
    });
    await expect(
      selectBackend(createRegistry([tfjsBackendEntry('broken')]), 'tfjs:broken'),
    ).rejects.toThrowErrorMatchingInlineSnapshot(`
      [BackendUnavailableError: backend 'tfjs:broken' expected to run here, got an error while loading: tfjs could not initialise 'broken'; its warnings on the console say why.

      Fix: see the cause; choose another backend meanwhile]
    `);
    tf.removeBackend('broken');
    await tf.setBackend('cpu');
  });

  it('rejects a name tfjs does not know', () => {
    expect(() => createTfjsBackend({ tfjsBackend: 'webgl' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: createTfjsBackend expected an initialised tfjs backend, got 'webgl'.

      Fix: import the package that registers 'webgl', then await tf.setBackend('webgl')]
    `);
  });
});
