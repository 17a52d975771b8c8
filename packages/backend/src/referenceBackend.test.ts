import { add, cast, constant, defineProgram, equal, iota, mul, sub } from '@polyneuron/graph';
import { describe, expect, it } from 'vitest';
import { createReferenceBackend, type Executable } from './index.js';

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

const compile = (): Promise<Executable> => createReferenceBackend().compile(swapping);

describe('createReferenceBackend', () => {
  it('starts state at 0 and updates all of it from the old values', async () => {
    const executable = await compile();
    expect(await executable.run({ x: Float32Array.of(1, 2) })).toEqual({ y: Float64Array.of(1, 2) });
    executable.write('a', Float32Array.of(10, 20));
    expect(executable.runSync?.({ x: Float32Array.of(1, 1) })).toEqual({ y: Float64Array.of(11, 21) });
    expect(await executable.read('a')).toEqual(Float64Array.of(1, 2));
    expect(await executable.read('b')).toEqual(Float64Array.of(11, 21));
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
  });

  it('scans no step', async () => {
    const executable = await compile();
    expect((await executable.scan(0, { x: new Float32Array(0) })).y).toHaveLength(0);
  });

  it('keeps its state to itself', async () => {
    const executable = await compile();
    const written = Float32Array.of(3, 4);
    executable.write('a', written);
    written.fill(0);
    (await executable.read('a')).fill(9);
    expect(await executable.read('a')).toEqual(Float64Array.of(3, 4));
  });

  it('returns each dtype in its array kind, in float64 unrounded', () => {
    const program = defineProgram({
      name: 'kinds',
      inputs: { x: { shape: [2], dtype: 'float32' } },
      build: ({ inputs: { x } }) => ({
        outputs: {
          f: mul(x, 0.1),
          i: cast(x, 'int32'),
          b: equal(iota([2], 0), constant(0, [], 'int32')),
          c: sub(constant(1), 1e-12),
        },
      }),
    });
    const outputs = createReferenceBackend()
      .compileSync?.(program)
      .runSync?.({ x: Float64Array.of(1.5, -2.5) });
    expect(outputs).toEqual({
      f: Float64Array.of(1.5 * 0.1, -2.5 * 0.1),
      i: Int32Array.of(1, -2),
      b: Uint8Array.of(1, 0),
      c: Float64Array.of(1 - 1e-12),
    });
  });

  it('rejects use after dispose', async () => {
    const executable = await compile();
    executable.dispose();
    executable.dispose();
    expect(() => executable.runSync?.({ x: new Float32Array(2) })).toThrowErrorMatchingInlineSnapshot(`
      [DisposedError: executable of 'swapping' expected to be used before dispose(), got a call after it.

      Fix: compile the program again, or dispose later]
    `);
    expect(() => executable.write('a', new Float32Array(2))).toThrow('dispose');
    await expect(executable.read('a')).rejects.toThrow('dispose');
    await expect(executable.scan(1, { x: new Float32Array(2) })).rejects.toThrow('dispose');
  });
});
