import { checkTensor, requireStateless } from '@polyneuron/backend';
import { type BufferId, planProgram } from '@polyneuron/fusion';
import {
  formatSpec,
  type Program,
  simplify,
  sizeOf,
  type TensorSpec,
  ValueError,
  verify,
} from '@polyneuron/graph';
import type { NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import { compilePlan } from '../compile.js';
import type { HeapRegion, HeapRegions } from './heapRegions.js';
import { addressOf, isThreaded, memoryOf, type TfjsWasmBackend } from './tfjsWasmBackend.js';

/** A stateless program compiled into the heap of a tfjs backend. */
export interface HeapProgram {
  /** New tensors in the order of the program's outputs; the caller owns them. */
  run(inputs: NamedTensorInfoMap): TensorInfo[];
  /** Frees constants and scratch memory. */
  dispose(): void;
}

/** WebAssembly memories of 32-bit addresses end here. */
const maximumPages = 65536;

/** An input or output that is no tensor in place: tfjs stores bool as bytes, plans as 32-bit words. */
interface Converted {
  readonly at: number;
  readonly address: number;
  readonly size: number;
}

/**
 * Compiles a program against the memory of a tfjs backend: it reads float32 and int32 inputs and writes such outputs
 * where tfjs has them.
 *
 * Whole-vector reads may touch 28 bytes after a tensor. They stay inside the memory: Emscripten's allocator ends its
 * segment with a footer of 40 bytes.
 *
 * Throws   ProgramError when the program has state; ValueError when the heap has no room for its scratch memory
 */
export function compileForHeap(
  program: Program,
  backend: TfjsWasmBackend,
  regions: HeapRegions,
): HeapProgram {
  requireStateless(program, { device: 'tfjs wasm', factory: 'createWasmBackend' });
  const region = regions.open(`program '${program.name}'`);
  try {
    return instantiate(program, backend, region);
  } catch (error) {
    region.free();
    throw error;
  }
}

function instantiate(program: Program, backend: TfjsWasmBackend, region: HeapRegion): HeapProgram {
  const memory = memoryOf(backend);
  const isShared = isThreaded(backend);
  const plan = planProgram(simplify(verify(program)));
  const compiled = compilePlan(plan, {
    isRelaxed: false,
    heap: {
      allocate: (bytes, use) => region.allocate(bytes, use),
      memory: { minimum: 1, ...(isShared && { isShared, maximum: maximumPages }) },
      isForeign: ({ dtype }) => dtype !== 'bool',
    },
  });
  const module = new WebAssembly.Module(compiled.bytes);
  const exports = new WebAssembly.Instance(module, { env: { memory } }).exports as {
    readonly run?: (...addresses: number[]) => void;
  };
  const run = exports.run as (...addresses: number[]) => void;
  for (const { address, words } of compiled.data)
    new Uint8Array(memory.buffer).set(new Uint8Array(words.buffer), address);
  const inputNames = Object.keys(plan.inputs);
  const outputSpecs = Object.keys(plan.outputs).map((name) => program.outputs[name]);
  const convertedOf = (ends: Readonly<Record<string, BufferId>>): Converted[] =>
    Object.values(ends).flatMap((buffer, at) => {
      const address = compiled.addresses.get(buffer);
      return address === undefined ? [] : [{ at, address, size: plan.buffers[buffer].size }];
    });
  const convertedInputs = convertedOf(plan.inputs);
  const convertedOutputs = convertedOf(plan.outputs);
  return {
    run: (given) => {
      const inputs = inputNames.map((name) => checkTensor(program, name, given[name]));
      // Moves tensors here that another tfjs backend has
      const sources = inputs.map((tensor) => addressOf(backend, tensor));
      const outputs = makeOutputs(program, backend, outputSpecs);
      const targets = outputs.map((tensor) => addressOf(backend, tensor));
      // From here on nothing allocates, so that the memory does not grow
      for (const { at, address, size } of convertedInputs)
        new Int32Array(memory.buffer, address, size).set(new Uint8Array(memory.buffer, sources[at], size));
      try {
        run(...sources.filter(isInPlace(inputs)), ...targets.filter(isInPlace(outputs)));
      } catch (error) {
        for (const { dataId } of outputs) backend.disposeData(dataId);
        throw asValueError(program, error);
      }
      for (const { at, address, size } of convertedOutputs)
        new Uint8Array(memory.buffer, targets[at], size).set(new Int32Array(memory.buffer, address, size));
      return outputs;
    },
    dispose: () => region.free(),
  };
}

const isInPlace = (tensors: readonly TensorInfo[]) => (_: number, at: number) => tensors[at].dtype !== 'bool';

/** New tensors, none of them left behind when the heap is full: tfjs itself would write to address 0. */
function makeOutputs(program: Program, backend: TfjsWasmBackend, specs: readonly TensorSpec[]): TensorInfo[] {
  const outputs: TensorInfo[] = [];
  for (const spec of specs) {
    const output = makeTensor(backend, spec);
    if (output) {
      outputs.push(output);
      continue;
    }
    for (const { dataId } of outputs) backend.disposeData(dataId);
    throw new ValueError({
      subject: `program '${program.name}' on tfjs wasm`,
      expected: 'memory that the heap of tfjs can give, 4 GiB at most with all tensors',
      received: `no room for an output ${formatSpec(spec)}`,
      fix: 'use a smaller batch, or dispose tensors that are no longer needed',
    });
  }
  return outputs;
}

function makeTensor(backend: TfjsWasmBackend, { shape, dtype }: TensorSpec): TensorInfo | undefined {
  // tfjs would ask for the size modulo 4 GiB
  if (4 * sizeOf(shape) >= 2 ** 32) return undefined;
  const tensor = backend.makeOutput([...shape], dtype);
  if (addressOf(backend, tensor) !== 0) return tensor;
  backend.disposeData(tensor.dataId);
  return undefined;
}

/** The only trap that generated code has is the range check of indices. */
function asValueError(program: Program, error: unknown): unknown {
  if (!(error instanceof WebAssembly.RuntimeError)) return error;
  return new ValueError({
    subject: `program '${program.name}' on tfjs wasm`,
    expected: 'indices within the axis that gather or scatterAdd names',
    received: 'an index out of range',
    fix: 'check the row and class indices that are fed',
  });
}
