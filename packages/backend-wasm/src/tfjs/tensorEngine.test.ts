import { opSamples } from '@polyneuron/conformance';
import {
  add,
  and,
  broadcastTo,
  cumsum,
  type DType,
  defineProgram,
  einsum,
  gather,
  gradientProgram,
  interpret,
  less,
  mul,
  opNames,
  type Program,
  simplify,
  sizeOf,
  sum,
  type TensorSpec,
} from '@polyneuron/graph';
import { expectClose, type Tolerance, testRandom, tolerances } from '@polyneuron/testing';
import {
  memory,
  type NamedTensorInfoMap,
  slice,
  type Tensor,
  type TensorInfo,
  tensor,
  tensor1d,
  engine as tfjsEngine,
  tidy,
  zeros,
} from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { TensorEngine } from './tensorEngine.js';
import { useBackend, wasmBackend } from './testing/tfjsBackends.js';
import { trackHeap } from './testing/trackHeap.js';
import { memoryOf, type TfjsWasmBackend } from './tfjsWasmBackend.js';

const { float32 } = tolerances;
const orders: readonly Tolerance[] = [float32.transcendental, float32.gradient, float32.secondDerivative];

const float = (...shape: number[]): TensorSpec => ({ shape, dtype: 'float32' });

const affine = (shape: number | readonly number[], factor = 2): Program =>
  defineProgram({
    name: 'affine',
    inputs: { x: float(...[shape].flat()), b: float(...[shape].flat()) },
    build: ({ inputs: { x, b } }) => ({ outputs: { y: add(mul(x, factor), b) } }),
  });

const toTensor = (info: TensorInfo): Tensor =>
  tfjsEngine().makeTensorFromTensorInfo(info, wasmBackend() as never);

/** Outputs as tensors, which the enclosing tidy disposes. */
const run = (engine: TensorEngine, program: Program, inputs: NamedTensorInfoMap): Tensor[] =>
  engine.run(program, inputs).map(toTensor);

/** Values of the inputs of a program, cotangents included. */
function bind(program: Program, known: Readonly<Record<string, ArrayLike<number>>>) {
  const random = testRandom(7);
  return Object.fromEntries(
    Object.entries<TensorSpec>(program.inputs).map(([name, { shape }]) => [
      name,
      known[name] ?? random.normals(sizeOf(shape)),
    ]),
  );
}

const tensorsOf = (program: Program, values: Readonly<Record<string, ArrayLike<number>>>) =>
  Object.fromEntries(
    Object.entries<TensorSpec>(program.inputs).map(([name, { shape, dtype }]) => [
      name,
      tensor(arrayOf(dtype, values[name]), [...shape], dtype),
    ]),
  );

const arrays = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;
const arrayOf = (dtype: DType, values: ArrayLike<number>) => arrays[dtype].from(values);

/** What the engine sees of the threaded build, which Node never gets: a shared memory, filled from its start. */
function sharedBackend() {
  const wasmMemory = new WebAssembly.Memory({ initial: 16, maximum: 65536, shared: true });
  const places = new Map<object, { memoryOffset: number }>();
  let end = 64;
  const allocate = (bytes: number) => {
    end += bytes;
    return end - bytes;
  };
  const makeOutput = (shape: number[], dtype: TensorInfo['dtype']): TensorInfo => {
    const dataId = {};
    places.set(dataId, { memoryOffset: allocate(4 * sizeOf(shape)) });
    return { dataId, shape, dtype };
  };
  const backend: TfjsWasmBackend = {
    wasm: { asm: {}, wasmMemory, _malloc: allocate, _free: () => {} },
    dataIdMap: { get: (dataId) => places.get(dataId) as { memoryOffset: number } },
    makeOutput,
    disposeData: () => true,
  };
  const wordsOf = ({ dataId, shape }: TensorInfo) =>
    new Float32Array(wasmMemory.buffer, backend.dataIdMap.get(dataId).memoryOffset, sizeOf(shape));
  return {
    backend,
    write: (values: readonly number[]) => {
      const info = makeOutput([values.length], 'float32');
      wordsOf(info).set(values);
      return info;
    },
    read: (info: TensorInfo) => [...wordsOf(info)],
  };
}

beforeAll(() => useBackend('wasm'));
afterEach(() => {
  vi.restoreAllMocks();
});

describe('TensorEngine', () => {
  it('computes y = 2 x + b', () => {
    const engine = new TensorEngine(wasmBackend());
    const values = tidy(() => {
      const [y] = run(engine, affine(3), { x: tensor1d([1, 2, 3]), b: tensor1d([10, 20, 30]) });
      return y.dataSync();
    });
    expect([...values]).toEqual([12, 24, 36]);
    engine.clear();
  });

  describe.each(opNames.filter((op) => op !== 'state'))('%s', (op) => {
    it.each(opSamples[op].map((sample) => [sample.name, sample] as const))(
      'is what the interpreter computes, derivatives included: %s',
      (_, sample) => {
        const engine = new TensorEngine(wasmBackend());
        let program = sample.program;
        let known: Readonly<Record<string, ArrayLike<number>>> = sample.inputs;
        for (const tolerance of orders.slice(0, sample.order + 1)) {
          const values = bind(program, known);
          const expected = interpret(simplify(program), { inputs: values, state: {} }).outputs;
          tidy(() => {
            const outputs = run(engine, program, tensorsOf(program, values));
            Object.entries(expected).forEach(([name, wanted], at) => {
              const { dtype } = program.outputs[name];
              // Beyond the largest float32 lies infinity
              expectClose(outputs[at].dataSync(), arrayOf(dtype, wanted), tolerance);
            });
          });
          program = gradientProgram(program);
          if (Object.keys(program.outputs).length === 0) break;
          known = sample.inputs;
        }
        engine.clear();
      },
    );
  });

  it('takes and gives truth values', () => {
    const program = defineProgram({
      name: 'masked',
      inputs: { a: float(5), mask: { shape: [5], dtype: 'bool' } },
      build: ({ inputs: { a, mask } }) => ({ outputs: { y: and(less(a, 3), mask), a: add(a, 1) } }),
    });
    const engine = new TensorEngine(wasmBackend());
    const [y, a] = tidy(() =>
      run(engine, program, {
        a: tensor1d([1, 2, 3, 0, -1]),
        mask: tensor1d([true, false, true, true, true], 'bool'),
      }).map((output) => [...output.dataSync()]),
    );
    expect(y).toEqual([1, 0, 0, 1, 1]);
    expect(a).toEqual([2, 3, 4, 1, 0]);
    engine.clear();
  });

  it('works on tensors in place', () => {
    const n = 2 ** 20;
    // Small networks over a long batch are loops over samples, which copy their results
    const shape = [8, n / 8];
    const engine = new TensorEngine(wasmBackend());
    tidy(() => {
      const inputs = { x: zeros(shape), b: zeros(shape) };
      const track = trackHeap(wasmBackend());
      run(engine, affine(shape), inputs);
      // The output and little else: no copy of 4 MiB
      expect(track.liveBytes()).toBeGreaterThanOrEqual(4 * n);
      expect(track.liveBytes()).toBeLessThan(4 * n + 2 ** 18);
      track.stop();
    });
    engine.clear();
  });

  it('moves tensors here that another backend has', async () => {
    await useBackend('cpu');
    const x = tensor1d([1, 2]);
    await useBackend('wasm');
    const engine = new TensorEngine(wasmBackend());
    const values = tidy(() => run(engine, affine(2), { x, b: x })[0].dataSync());
    expect([...values]).toEqual([3, 6]);
    x.dispose();
    engine.clear();
  });

  it('goes on when the memory grows between compiling and running', () => {
    const engine = new TensorEngine(wasmBackend());
    const heap = memoryOf(wasmBackend());
    const read = () =>
      tidy(() => [...run(engine, affine(2), { x: tensor1d([1, 2]), b: tensor1d([5, 6]) })[0].dataSync()]);
    expect(read()).toEqual([7, 10]);
    const before = heap.buffer.byteLength;
    const big = zeros([before / 4 + 2 ** 20]);
    expect(heap.buffer.byteLength).toBeGreaterThan(before);
    expect(read()).toEqual([7, 10]);
    // This time an output makes it grow
    const size = heap.buffer.byteLength / 4;
    tidy(() => {
      const program = defineProgram({
        name: 'stretch',
        inputs: { x: float(1) },
        build: ({ inputs: { x } }) => ({ outputs: { y: broadcastTo(x, [size]) } }),
      });
      const grown = heap.buffer.byteLength;
      const [y] = run(engine, program, { x: tensor1d([3]) });
      expect(heap.buffer.byteLength).toBeGreaterThan(grown);
      expect([...slice(y, size - 2, 2).dataSync()]).toEqual([3, 3]);
    });
    big.dispose();
    engine.clear();
  });

  it('works in a shared memory, as of the threaded build', () => {
    const shared = sharedBackend();
    const engine = new TensorEngine(shared.backend);
    const x = shared.write([1, 2, 3]);
    const b = shared.write([10, 20, 30]);
    const [y] = engine.run(affine(3), { x, b });
    expect(shared.read(y)).toEqual([12, 24, 36]);
  });

  it('leaves the heap flat over 1,000 runs', () => {
    const engine = new TensorEngine(wasmBackend());
    const program = defineProgram({
      name: 'dense',
      inputs: { x: float(8, 32), w: float(32, 16) },
      build: ({ inputs: { x, w } }) => ({ outputs: { y: einsum('bi,io->bo', x, w), total: sum(x) } }),
    });
    const inputs = { x: zeros([8, 32]), w: zeros([32, 16]) };
    const step = () => tidy(() => run(engine, program, inputs).length);
    step();
    const before = [memory().numTensors, memory().numBytes];
    const bytes = memoryOf(wasmBackend()).buffer.byteLength;
    const track = trackHeap(wasmBackend());
    for (let i = 0; i < 1000; i++) step();
    expect([...track.live]).toEqual([]);
    expect([memory().numTensors, memory().numBytes]).toEqual(before);
    expect(memoryOf(wasmBackend()).buffer.byteLength).toBe(bytes);
    track.stop();
    for (const each of Object.values(inputs)) each.dispose();
    engine.clear();
  });

  it('keeps no more programs than its capacity, and frees those that leave', () => {
    const engine = new TensorEngine(wasmBackend(), { capacity: 4 });
    const track = trackHeap(wasmBackend());
    let fullBytes = 0;
    tidy(() => {
      const inputs = { x: tensor1d([1, 2]), b: tensor1d([5, 6]) };
      for (let i = 0; i < 1000; i++) {
        const values = tidy(() => [...run(engine, affine(2, i), inputs)[0].dataSync()]);
        expect(values).toEqual([i + 5, 2 * i + 6]);
        if (i === 10) fullBytes = track.liveBytes();
      }
      expect(engine.size).toBe(4);
      expect(track.liveBytes()).toBe(fullBytes);
    });
    engine.clear();
    expect([...track.live]).toEqual([]);
  });

  it('shares scratch memory between programs', () => {
    const engine = new TensorEngine(wasmBackend());
    const scratchOf = (n: number) =>
      defineProgram({
        name: `scratch${n}`,
        inputs: { x: float(n) },
        build: ({ inputs: { x } }) => ({ outputs: { y: sum(cumsum(x, 0)) } }),
      });
    const track = trackHeap(wasmBackend());
    // Each needs about 4 MiB of scratch memory
    for (let i = 0; i < 10; i++)
      tidy(() => {
        const n = 2 ** 20 - i;
        run(engine, scratchOf(n), { x: zeros([n]) });
      });
    expect(track.liveBytes()).toBeLessThan(3 * 2 ** 22);
    engine.clear();
    expect([...track.live]).toEqual([]);
  });

  it('rejects state, inputs that do not fit, and indices out of range, and leaves nothing behind', () => {
    const engine = new TensorEngine(wasmBackend());
    const counter = defineProgram({
      name: 'counter',
      state: { n: float() },
      build: ({ state: { n } }) => ({ outputs: {}, updates: { n: add(n, 1) } }),
    });
    const picked = defineProgram({
      name: 'picked',
      inputs: { table: float(3), at: { shape: [2], dtype: 'int32' } },
      build: ({ inputs: { table, at } }) => ({ outputs: { y: gather(table, at) } }),
    });
    tidy(() => {
      const x = tensor1d([1, 2, 3]);
      run(engine, picked, { table: x, at: tensor1d([0, 2], 'int32') });
      const before = wasmBackend() as unknown as { numDataIds(): number };
      const at = tensor1d([0, 3], 'int32');
      const count = before.numDataIds();
      const track = trackHeap(wasmBackend());
      expect(() => engine.run(counter, {})).toThrowErrorMatchingInlineSnapshot(`
        [ProgramError: program 'counter' on tfjs wasm expected a program without state, got state 'n'.

        Fix: make the state inputs and the updates outputs, or compile with createWasmBackend]
      `);
      expect(() => engine.run(affine(3), { x, b: at })).toThrowErrorMatchingInlineSnapshot(`
        [ShapeError: program 'affine' expected input 'b' float32[3], got int32[2].

        Fix: shapes are static: build the program for these shapes, or reshape and cast the tensor]
      `);
      expect(() => engine.run(affine(3), { x })).toThrowErrorMatchingInlineSnapshot(`
        [ShapeError: program 'affine' expected input 'b' float32[3], got no tensor.

        Fix: shapes are static: build the program for these shapes, or reshape and cast the tensor]
      `);
      engine.clear();
      expect(() => engine.run(picked, { table: x, at })).toThrowErrorMatchingInlineSnapshot(`
        [ValueError: program 'picked' on tfjs wasm expected indices within the axis that gather or scatterAdd names, got an index out of range.

        Fix: check the row and class indices that are fed]
      `);
      expect(before.numDataIds()).toBe(count);
      engine.clear();
      expect([...track.live]).toEqual([]);
      track.stop();
    });
  });

  it('says when the heap has no room', () => {
    const engine = new TensorEngine(wasmBackend());
    const side = 2 ** 15;
    const scratch = defineProgram({
      name: 'table',
      inputs: { x: float(1) },
      build: ({ inputs: { x } }) => ({ outputs: { y: sum(cumsum(broadcastTo(x, [side, side]), 0)) } }),
    });
    const output = defineProgram({
      name: 'sheet',
      inputs: { x: float(1) },
      build: ({ inputs: { x } }) => ({ outputs: { small: add(x, 1), y: broadcastTo(x, [side, side]) } }),
    });
    const stretch = defineProgram({
      name: 'stretch',
      inputs: { x: float(1) },
      build: ({ inputs: { x } }) => ({ outputs: { small: add(x, 1), y: broadcastTo(x, [64]) } }),
    });
    tidy(() => {
      const x = tensor1d([1]);
      run(engine, stretch, { x });
      const track = trackHeap(wasmBackend());
      expect(() => engine.run(scratch, { x })).toThrowErrorMatchingInlineSnapshot(`
        [ValueError: program 'table' on tfjs wasm expected memory that the heap of tfjs can give, 4 GiB at most with all tensors, got a need of 4097 MiB more.

        Fix: use a smaller batch, or dispose tensors that are no longer needed]
      `);
      expect(() => engine.run(output, { x })).toThrowErrorMatchingInlineSnapshot(`
        [ValueError: program 'sheet' on tfjs wasm expected memory that the heap of tfjs can give, 4 GiB at most with all tensors, got no room for an output float32[32768,32768].

        Fix: use a smaller batch, or dispose tensors that are no longer needed]
      `);
      track.stop();
      const { wasm } = wasmBackend();
      const malloc = wasm._malloc.bind(wasm);
      const count = (wasmBackend() as unknown as { numDataIds(): number }).numDataIds();
      vi.spyOn(wasm, '_malloc').mockImplementation((bytes) => (bytes === 256 ? 0 : malloc(bytes)));
      expect(() => engine.run(stretch, { x })).toThrowErrorMatchingInlineSnapshot(`
        [ValueError: program 'stretch' on tfjs wasm expected memory that the heap of tfjs can give, 4 GiB at most with all tensors, got no room for an output float32[64].

        Fix: use a smaller batch, or dispose tensors that are no longer needed]
      `);
      expect((wasmBackend() as unknown as { numDataIds(): number }).numDataIds()).toBe(count);
    });
    engine.clear();
  });
});
