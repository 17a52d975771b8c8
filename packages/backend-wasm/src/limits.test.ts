/** @file What is asked for and cannot be had, or is wrong: an error that names the remedy. */
import {
  add,
  defineProgram,
  exp,
  gather,
  input,
  type Program,
  programOf,
  scatterAdd,
  slice,
  state,
  sum,
} from '@polyneuron/graph';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createWasmBackend, wasmEntry } from './wasmBackend.js';

const float = (...shape: number[]) => ({ shape, dtype: 'float32' as const });

/** y = table[rows] + x; table counts its runs. */
const program: Program = defineProgram({
  name: 'lookup',
  inputs: { x: float(3), rows: { shape: [3], dtype: 'int32' } },
  state: { table: float(5) },
  build: ({ inputs: { x, rows }, state: { table } }) => ({
    outputs: { y: add(gather(table, rows), x) },
    updates: { table: add(table, 1) },
  }),
});
const inputs = { x: new Float32Array(3), rows: Int32Array.of(0, 1, 4) };

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('memory', () => {
  it('beyond 4 GiB is refused by name, before the engine refuses the module', async () => {
    const big = state('big', float(2 ** 15, 2 ** 15));
    const tooLarge = programOf('large', { y: sum(big) }, { big: add(big, input('x', float())) });
    await expect(createWasmBackend().compile(tooLarge)).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ValueError: program 'large' on wasm expected a memory that this process can give, 4 GiB at most, got a need of 4097 MiB.

      Fix: use a smaller batch, or keep less data resident]
    `);
    expect(() => createWasmBackend().compileSync?.(tooLarge)).toThrow(/4 GiB at most/);
  });

  it('beyond 2 GiB is reached by its addresses', async () => {
    const size = 600_000_000;
    const w = state('w', float(7));
    const far = programOf(
      'far',
      { y: add(slice(state('big', float(size)), [size - 7], [7]), w) },
      { w: add(w, input('x', float(7))) },
    );
    const executable = await createWasmBackend().compile(far);
    executable.write('w', new Float32Array(7).fill(3));
    const { y } = await executable.run({ x: new Float32Array(7).fill(2) });
    expect([y, await executable.read('w')]).toEqual([
      new Float32Array(7).fill(3),
      new Float32Array(7).fill(5),
    ]);
  });

  // Shared memories may grow by 128 MiB only, and one step needs more
  it('for large inputs of a scan is there on two threads as on one', async () => {
    const wide = programOf('wide', { y: sum(exp(input('x', float(40, 1_000_000))), 1) });
    const x = new Float32Array(40_000_000);
    for (const threads of [1, 2]) {
      const backend = createWasmBackend({ threads });
      const { y } = await (await backend.compile(wide)).scan(1, { x });
      expect(y[0]).toBe(1_000_000);
      backend.dispose();
    }
  });

  it('that the process does not give is the same error', async () => {
    // Stands for an engine or a container with less memory than 4 GiB
    vi.stubGlobal('WebAssembly', {
      ...wasm(),
      Memory: class {
        constructor() {
          throw new RangeError('WebAssembly.Memory(): could not allocate memory');
        }
      },
    });
    await expect(createWasmBackend().compile(program)).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ValueError: program 'lookup' on wasm expected a memory that this process can give, 4 GiB at most, got a need of 1 MiB.

      Fix: use a smaller batch, or keep less data resident]
    `);
  });

  it('of a long scan is used again for each part of its inputs', async () => {
    const backend = createWasmBackend();
    const wide = programOf('wide', { y: sum(input('x', float(2 ** 21))) });
    const executable = await backend.compile(wide);
    // 160 MiB of stacked inputs go through in chunks of 64 MiB
    const steps = 20;
    const x = Float32Array.from({ length: steps * 2 ** 21 }, (_, at) =>
      at % 2 ** 21 === 0 ? at / 2 ** 21 : 0,
    );
    const { y } = await executable.scan(steps, { x });
    expect(Array.from(y)).toEqual(Array.from({ length: steps }, (_, step) => step));
  });
});

describe('after dispose()', () => {
  it('an executable refuses every call', async () => {
    const executable = await createWasmBackend().compile(program);
    executable.dispose();
    await expect(executable.run(inputs)).rejects.toThrowErrorMatchingInlineSnapshot(`
      [DisposedError: executable of 'lookup' expected to be used before dispose(), got a call after it.

      Fix: compile the program again, or dispose later]
    `);
    await expect(executable.scan(1, inputs)).rejects.toThrow(/before dispose/);
    await expect(executable.read('table')).rejects.toThrow(/before dispose/);
    expect(() => executable.runSync?.(inputs)).toThrow(/before dispose/);
    expect(() => executable.write('table', new Float32Array(5))).toThrow(/before dispose/);
    executable.dispose();
  });

  it('a backend compiles no more', async () => {
    const backend = createWasmBackend();
    backend.dispose();
    await expect(backend.compile(program)).rejects.toThrowErrorMatchingInlineSnapshot(`
      [DisposedError: backend 'wasm' expected to be used before dispose(), got a call after it.

      Fix: compile the program again, or dispose later]
    `);
    expect(() => backend.compileSync?.(program)).toThrow(/before dispose/);
    backend.dispose();
  });
});

describe('wrong inputs', () => {
  it.each([
    ['a missing one', { x: inputs.x }, /input 'rows' int32\[3\], got nothing/],
    ['one of a wrong length', { ...inputs, x: new Float32Array(4) }, /3 elements for input 'x'.*, got 4/],
    ['one of a wrong kind', { ...inputs, rows: Float32Array.of(0, 1, 2) }, /as Int32Array, got Float32Array/],
    ['one that is unknown', { ...inputs, z: new Float32Array(1) }, /got also 'z'/],
  ])('%s is named', async (_, wrong, message) => {
    const executable = await createWasmBackend().compile(program);
    await expect(executable.run(wrong as typeof inputs)).rejects.toThrow(message);
    expect(() => executable.runSync?.(wrong as typeof inputs)).toThrow(message);
  });

  it('show every input beside the wrong one', async () => {
    const executable = await createWasmBackend().compile(program);
    const wrong = executable.run({ ...inputs, x: new Float32Array(4) });
    await expect(wrong).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: program 'lookup' expected 3 elements for input 'x' float32[3], got 4.

        x      float32[3]   Float32Array(4)
        rows   int32[3]     ok

      Fix: shapes are static: compile the program for this shape, or pad the data]
    `);
  });

  it('of a scan count its steps', async () => {
    const executable = await createWasmBackend().compile(program);
    await expect(executable.scan(2, inputs)).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: scan of program 'lookup' expected 6 elements for input 'x' float32[2,3], got 3.

        x      float32[2,3]   Float32Array(3)
        rows   int32[2,3]     Int32Array(3)

      Fix: shapes are static: compile the program for this shape, or pad the data]
    `);
    await expect(executable.scan(-1, inputs)).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ValueError: scan of program 'lookup' expected a whole, non-negative number of steps, got -1.

      Fix: divide the samples by the batch and round down]
    `);
  });

  it('of state are named', async () => {
    const executable = await createWasmBackend().compile(program);
    expect(() => executable.write('tabel', new Float32Array(5))).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: program 'lookup' expected a state entry among 'table', got 'tabel'.

      Fix: use a name from program.state]
    `);
    expect(() => executable.write('table', new Float32Array(6))).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: program 'lookup' expected 5 elements for state 'table' float32[5], got 6.

        table   float32[5]   Float32Array(6)

      Fix: shapes are static: compile the program for this shape, or pad the data]
    `);
    await expect(executable.read('tabel')).rejects.toThrow(/a state entry among 'table'/);
  });
});

describe('an index out of range', () => {
  const scatter = programOf('scatter', {
    y: scatterAdd(input('x', float(3)), input('rows', { shape: [3], dtype: 'int32' }), 5),
  });

  it.each([
    ['of gather, too large', program, 5],
    ['of gather, negative', program, -1],
    ['of gather, huge', program, 2 ** 31 - 1],
    ['of scatterAdd, too large', scatter, 5],
    ['of scatterAdd, negative', scatter, -(2 ** 31)],
  ])('%s', async (_, chosen, index) => {
    const executable = await createWasmBackend().compile(chosen);
    const wrong = { ...inputs, rows: Int32Array.of(0, index, 1) };
    const message =
      /expected indices within the axis that gather or scatterAdd names, got an index out of range/;
    await expect(executable.run(wrong)).rejects.toThrow(message);
    await expect(executable.scan(1, wrong)).rejects.toThrow(message);
    expect((await executable.run(inputs)).y).toBeInstanceOf(Float32Array);
  });

  it('says what to check, also across lanes', async () => {
    const batch = programOf('lanes', {
      y: gather(state('table', float(5)), input('rows', { shape: [9], dtype: 'int32' })),
    });
    const executable = await createWasmBackend().compile(batch);
    const rows = new Int32Array(9).fill(4);
    expect((await executable.run({ rows })).y).toHaveLength(9);
    rows[8] = 5;
    await expect(executable.run({ rows })).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ValueError: program 'lanes' on wasm expected indices within the axis that gather or scatterAdd names, got an index out of range.

      Fix: check the row and class indices that are fed]
    `);
  });
});

describe('an engine', () => {
  // Node always has SIMD and shared memory: these engines are made up
  it('without WebAssembly SIMD is refused with the remedy', async () => {
    vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
    expect(() => createWasmBackend()).toThrowErrorMatchingInlineSnapshot(`
      [BackendUnavailableError: backend 'wasm' expected to run here, got this engine has no WebAssembly SIMD.

      Fix: use a browser or Node with WebAssembly SIMD (every engine since 2021), or the tfjs backend]
    `);
    expect(await wasmEntry.probe({})).toMatchInlineSnapshot(`
      {
        "available": false,
        "reason": "this engine has no WebAssembly SIMD",
        "remedy": "use a browser or Node with WebAssembly SIMD (every engine since 2021), or the tfjs backend",
      }
    `);
  });

  it('without WebAssembly at all is refused alike', async () => {
    vi.stubGlobal('WebAssembly', undefined);
    expect(() => createWasmBackend()).toThrow(/this engine has no WebAssembly SIMD/);
    expect(await wasmEntry.probe({})).toMatchObject({ available: false });
  });

  it('without relaxed SIMD says that plain SIMD will do', () => {
    // The probe asks for plain SIMD first
    vi.spyOn(WebAssembly, 'validate').mockReturnValueOnce(true).mockReturnValueOnce(false);
    expect(() => createWasmBackend({ relaxed: true })).toThrowErrorMatchingInlineSnapshot(`
      [BackendUnavailableError: backend 'wasm' expected to run here, got this engine has no relaxed SIMD.

      Fix: leave \`relaxed\` out: plain SIMD gives the same results]
    `);
  });

  it('without SharedArrayBuffer has one thread, and says how to get more', () => {
    vi.stubGlobal('SharedArrayBuffer', undefined);
    expect(() => createWasmBackend({ threads: 2 })).toThrowErrorMatchingInlineSnapshot(`
      [BackendUnavailableError: backend 'wasm' expected to run here, got this page has no SharedArrayBuffer, which threads need.

      Fix: serve the page with 'Cross-Origin-Opener-Policy: same-origin' and 'Cross-Origin-Embedder-Policy: require-corp', or use one thread]
    `);
    expect(createWasmBackend({ threads: 1 }).device.threads).toBe(1);
  });
});

describe('threads', () => {
  it.each([0, 65, 1.5, Number.NaN])('%d of them are refused, never cut', (threads) => {
    expect(() => createWasmBackend({ threads })).toThrow(/a whole number of threads from 1 to 64, got/);
  });

  it('names the number that was asked for', () => {
    expect(() => createWasmBackend({ threads: 65 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: createWasmBackend expected a whole number of threads from 1 to 64, got 65.

      Fix: pass the number of cores, or leave it out]
    `);
  });
});

/** All of WebAssembly as an object that can be spread: its members are not enumerable. */
function wasm(): typeof WebAssembly {
  return Object.fromEntries(
    Object.getOwnPropertyNames(WebAssembly).map((name) => [
      name,
      WebAssembly[name as keyof typeof WebAssembly],
    ]),
  ) as unknown as typeof WebAssembly;
}
