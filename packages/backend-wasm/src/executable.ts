import {
  checkInputs,
  checkScanInputs,
  checkStateData,
  checkStateName,
  DisposedError,
  type Executable,
  type TensorData,
  type TensorMap,
} from '@polyneuron/backend';
import type { BufferId, Plan } from '@polyneuron/fusion';
import { type DType, type Program, ValueError } from '@polyneuron/graph';
import { type CompiledPlan, sharedMaximum } from './compile.js';
import { barrierAddress } from './lower/share.js';
import { type WorkerPool, WorkerTrap } from './threads/workerPool.js';

interface Exports {
  readonly run: () => void;
  readonly scan: (...numbers: number[]) => void;
}

const pageBytes = 65536;
/** WebAssembly memories of 32-bit addresses end here. */
const maximumPages = 65536;
/** Stacked inputs and outputs of a scan beyond this many bytes go in several calls. */
const scanChunkBytes = 64 * 2 ** 20;

let nextId = 1;

/** One instance of a compiled plan, with its own memory. */
export function createExecutable(
  program: Program,
  plan: Plan,
  compiled: CompiledPlan,
  module: WebAssembly.Module,
  pool?: WorkerPool,
): Executable {
  const memory = allocate(program, compiled.pages, pool !== undefined);
  // This thread's own instance runs alone; scans go to the pool, where there is one
  const env = { memory, thread: 0, threads: 1 };
  const exports = new WebAssembly.Instance(module, { env }).exports as unknown as Exports;
  const code = { id: nextId++, module, memory };
  for (const { address, words } of compiled.data)
    new Uint8Array(memory.buffer).set(new Uint8Array(words.buffer), address);
  let isDisposed = false;
  let isScanning = false;
  const requireLive = () => {
    if (isDisposed) throw new DisposedError(`executable of '${program.name}'`);
    if (isScanning) throw busyError(program);
  };
  const addressOf = (buffer: BufferId) => compiled.addresses.get(buffer) as number;
  const bytesOf = (buffer: BufferId) => 4 * plan.buffers[buffer].size;
  const write = (address: number, data: TensorData, dtype: DType) =>
    wordsAt(memory, dtype, address, data.length).set(data);
  const read = (address: number, dtype: DType, count: number): TensorData =>
    copyOut[dtype](wordsAt(memory, dtype, address, count));
  const runSync = (inputs: TensorMap): TensorMap => {
    requireLive();
    checkInputs(program, inputs);
    for (const [name, buffer] of Object.entries(plan.inputs))
      write(addressOf(buffer), inputs[name], plan.buffers[buffer].dtype);
    guarded(program, exports.run);
    return Object.fromEntries(
      Object.entries(plan.outputs).map(([name, buffer]) => [
        name,
        read(addressOf(buffer), plan.buffers[buffer].dtype, plan.buffers[buffer].size),
      ]),
    );
  };
  const scanChunks = async (steps: number, inputs: TensorMap): Promise<TensorMap> => {
    const ends = [...Object.values(plan.inputs), ...Object.values(plan.outputs)];
    const bytesPerStep = ends.reduce((sum, buffer) => sum + bytesOf(buffer), 0);
    const chunk = Math.max(1, Math.min(steps, Math.floor(scanChunkBytes / Math.max(1, bytesPerStep))));
    const stacked = Object.fromEntries(
      Object.entries(plan.outputs).map(([name, buffer]) => [
        name,
        makeArray[plan.buffers[buffer].dtype](steps * plan.buffers[buffer].size),
      ]),
    );
    for (let from = 0; from < steps; from += chunk) {
      const count = Math.min(chunk, steps - from);
      let end = Math.ceil(compiled.end / 64) * 64 + 64;
      const places = ends.map((buffer) => {
        const place = end;
        end += Math.ceil((count * bytesOf(buffer)) / 64) * 64;
        return place;
      });
      reserve(program, memory, end);
      Object.entries(plan.inputs).forEach(([name, buffer], at) => {
        const { size, dtype } = plan.buffers[buffer];
        write(places[at], inputs[name].subarray(from * size, (from + count) * size), dtype);
      });
      if (pool) {
        // A job that failed may have left threads counted as arrived
        new Int32Array(memory.buffer, barrierAddress, 1)[0] = 0;
        await pool.scan(code, [count, ...places]).catch((error) => {
          throw error instanceof WorkerTrap ? indexError(program) : error;
        });
      } else guarded(program, () => exports.scan(count, ...places));
      Object.entries(plan.outputs).forEach(([name, buffer], at) => {
        const { size, dtype } = plan.buffers[buffer];
        stacked[name].set(
          read(places[Object.keys(plan.inputs).length + at], dtype, count * size),
          from * size,
        );
      });
    }
    return stacked;
  };
  return {
    program,
    write: (name, data) => {
      requireLive();
      checkStateData(program, name, data);
      write(addressOf(plan.state[name]), data, program.state[name].dtype);
    },
    read: async (name) => {
      requireLive();
      checkStateName(program, name);
      return read(
        addressOf(plan.state[name]),
        program.state[name].dtype,
        plan.buffers[plan.state[name]].size,
      );
    },
    run: async (inputs) => runSync(inputs),
    runSync,
    scan: async (steps, inputs) => {
      requireLive();
      checkScanInputs(program, steps, inputs);
      isScanning = true;
      try {
        return await scanChunks(steps, inputs);
      } finally {
        isScanning = false;
      }
    },
    dispose: () => {
      isDisposed = true;
      pool?.drop(code.id);
    },
  };
}

const wordsAt = (
  memory: WebAssembly.Memory,
  dtype: DType,
  address: number,
  count: number,
): Float32Array | Int32Array =>
  dtype === 'float32'
    ? new Float32Array(memory.buffer, address, count)
    : new Int32Array(memory.buffer, address, count);

const copyOut: { readonly [K in DType]: (words: Float32Array | Int32Array) => TensorData } = {
  float32: (words) => words.slice(),
  int32: (words) => words.slice(),
  bool: (words) => Uint8Array.from(words),
};

const makeArray: { readonly [K in DType]: (length: number) => TensorData } = {
  float32: (length) => new Float32Array(length),
  int32: (length) => new Int32Array(length),
  bool: (length) => new Uint8Array(length),
};

/** Throws where a program needs more than 32-bit addresses reach; engines would refuse the module with words of their own. */
export function requireAddressable(program: Program, { pages }: CompiledPlan): void {
  if (pages > maximumPages) throw memoryError(program, pages);
}

function allocate(program: Program, pages: number, isShared: boolean): WebAssembly.Memory {
  try {
    return isShared
      ? new WebAssembly.Memory({ initial: pages, maximum: sharedMaximum(pages), shared: true })
      : new WebAssembly.Memory({ initial: pages, maximum: maximumPages });
  } catch {
    throw memoryError(program, pages);
  }
}

function reserve(program: Program, memory: WebAssembly.Memory, end: number): void {
  const missing = Math.ceil(end / pageBytes) - memory.buffer.byteLength / pageBytes;
  if (missing <= 0) return;
  try {
    memory.grow(missing);
  } catch {
    throw memoryError(program, memory.buffer.byteLength / pageBytes + missing);
  }
}

function memoryError(program: Program, pages: number): ValueError {
  return new ValueError({
    subject: `program '${program.name}' on wasm`,
    expected: 'a memory that this process can give, 4 GiB at most',
    received: `a need of ${Math.ceil((pages * pageBytes) / 2 ** 20)} MiB`,
    fix: 'use a smaller batch, or keep less data resident',
  });
}

/** The only trap that generated code has is the range check of indices. */
function guarded(program: Program, call: () => void): void {
  try {
    call();
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError)) throw error;
    throw indexError(program);
  }
}

function indexError(program: Program): ValueError {
  return new ValueError({
    subject: `program '${program.name}' on wasm`,
    expected: 'indices within the axis that gather or scatterAdd names',
    received: 'an index out of range',
    fix: 'check the row and class indices that are fed',
  });
}

function busyError(program: Program): ValueError {
  return new ValueError({
    subject: `executable of '${program.name}'`,
    expected: 'one call at a time',
    received: 'a call while a scan runs',
    fix: 'await the scan first',
  });
}
