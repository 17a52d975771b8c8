import {
  type Buffer,
  type BufferId,
  type ContractionKernel,
  type Kernel,
  type MemoryPlan,
  type Plan,
  planMemory,
} from '@polyneuron/fusion';
import { storedAs } from '@polyneuron/graph';
import type { Code } from './assembler/code.js';
import { type MemoryOptions, Module } from './assembler/module.js';
import { isShared as isSharedContraction, workAreaOf } from './lower/contractionLayout.js';
import { type ContractionLowering, lowerContraction } from './lower/lowerContraction.js';
import { lowerLanes } from './lower/lowerLanes.js';
import { isShared as isSharedLoop, lowerLoop } from './lower/lowerLoop.js';
import {
  isSharedGather,
  lowerArgMax,
  lowerCumulative,
  lowerGather,
  lowerRandom,
  lowerScatterAdd,
} from './lower/lowerMoves.js';
import { createShare, type Share, threadGlobals } from './lower/share.js';

const pageBytes = 65536;

export interface CompileSettings {
  readonly isRelaxed: boolean;
  /** Also export each kernel as `kernel0`, `kernel1`, ..., to time them one by one. */
  readonly exportsKernels?: boolean;
  /** Threads that may run the module at once, each with an instance of its own over one shared memory. default: 1 */
  readonly threads?: number;
  /** A memory that the module shares with its owner. default: one of its own, laid out from its start */
  readonly heap?: SharedHeap;
}

/** Memory of somebody else, such as a tfjs backend, that a module works in. */
export interface SharedHeap {
  /**
   * Reserves memory for as long as the module is in use; returns a multiple of 64. What is asked for as 'scratch' holds
   * nothing between runs, so that modules which never run at once may share it.
   */
  readonly allocate: (bytes: number, use: 'kept' | 'scratch') => number;
  /** How the module declares the memory. */
  readonly memory: MemoryOptions;
  /** Whether a buffer stays where its owner has it: `run` takes the address of each such input and output. */
  readonly isForeign: (buffer: Buffer) => boolean;
}

/** A module and the memory that it expects. */
export interface CompiledPlan {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly addresses: ReadonlyMap<BufferId, number>;
  /** Constant data to write before the first run. */
  readonly data: readonly { readonly address: number; readonly words: Float32Array | Int32Array }[];
  /** One past the last byte in use. */
  readonly end: number;
  readonly pages: number;
}

const lowerings: {
  readonly [K in Kernel['kind']]: (
    code: Code,
    lowering: ContractionLowering,
    kernel: Extract<Kernel, { kind: K }>,
  ) => void;
} = {
  loop: lowerLoop,
  contraction: lowerContraction,
  cumulative: lowerCumulative,
  gather: lowerGather,
  scatterAdd: lowerScatterAdd,
  argMax: lowerArgMax,
  random: lowerRandom,
  lanes: lowerLanes,
};

/** Address 0 stays unused, so that a zero address in a debugger means a mistake. */
const firstAddress = 64;

/** Bytes after each buffer that whole-vector reads may touch: a panel of eight columns reads up to seven too many. */
const slackBytes = 32;

/** Shared memories must say how far they may grow: room for the stacked inputs and outputs of a scan. */
export const sharedMaximum = (pages: number): number => Math.min(65536, 2 * pages + 2048);

const align = (address: number) => Math.ceil(address / 64) * 64;

/**
 * Writes a plan as one WebAssembly module over one imported memory. Exports `run(...foreign)`, one execution, which
 * takes the address of each foreign input and output, and `scan(steps, ...inputs, ...outputs)`, which takes the address
 * of each stacked input and output.
 */
export function compilePlan(plan: Plan, settings: CompileSettings): CompiledPlan {
  const { heap, threads = 1 } = settings;
  const ends = [...Object.values(plan.inputs), ...Object.values(plan.outputs)];
  const foreign = ends.filter((buffer) => heap?.isForeign(plan.buffers[buffer]));
  const layOut = (isPlaced: (buffer: Buffer) => boolean) =>
    planMemory({ ...plan, buffers: plan.buffers.filter(isPlaced) }, 0, 64, slackBytes);
  const kept = layOut(({ id, kind }) => kind !== 'scratch' && !foreign.includes(id));
  const scratch = layOut(({ kind }) => kind === 'scratch');
  const contractions = plan.kernels.filter(
    (kernel): kernel is ContractionKernel => kernel.kind === 'contraction',
  );
  const work = workAreaOf(contractions, threads);
  const tables: { address: number; words: Int32Array }[] = [];
  let end = firstAddress;
  const allocate = (bytes: number, use: 'kept' | 'scratch'): number => {
    if (heap) return heap.allocate(bytes, use);
    const address = align(end);
    end = address + bytes;
    return address;
  };
  const keptBase = allocate(kept.end, 'kept');
  const scratchBase = allocate(scratch.end + work.bytes + slackBytes, 'scratch');
  const from = (base: number, { addresses }: MemoryPlan) =>
    [...addresses].map(([buffer, offset]) => [buffer, base + offset] as const);
  const addresses = new Map([...from(keptBase, kept), ...from(scratchBase, scratch)]);
  const pointerTable = foreign.length > 0 ? allocate(4 * foreign.length, 'kept') : 0;
  const pointers = new Map(foreign.map((buffer, at) => [buffer, pointerTable + 4 * at]));
  const module = new Module(threads > 1 ? threadGlobals : []);
  const share = threads > 1 ? createShare(module) : undefined;
  const lowering: ContractionLowering = {
    module,
    isRelaxed: settings.isRelaxed,
    threads,
    share,
    addressOf: (buffer) => (pointers.has(buffer) ? 0 : (addresses.get(buffer) as number)),
    pointerOf: (buffer) => pointers.get(buffer),
    workArea: scratchBase + scratch.end,
    workStride: work.stride,
    table: (values) => {
      const address = allocate(4 * values.length, 'kept');
      tables.push({ address, words: Int32Array.from(values) });
      return address;
    },
  };
  // Each kernel is a function of its own: engines optimise functions that are entered often, never a running loop
  const kernels = plan.kernels.map((kernel, at) =>
    module.function(settings.exportsKernels ? { exportName: `kernel${at}` } : {}, (code) =>
      (lowerings[kernel.kind] as (code: Code, lowering: ContractionLowering, kernel: Kernel) => void)(
        code,
        // One thread alone must never come to a barrier
        sharesWork(kernel) ? lowering : { ...lowering, share: undefined },
        kernel,
      ),
    ),
  );
  const parameters = foreign.map(() => 'i32' as const);
  const run = module.function({ exportName: 'run', parameters }, (code, places) => {
    places.forEach((place, at) =>
      code
        .i32(pointerTable + 4 * at)
        .get(place)
        .memory('i32.store'),
    );
    if (share)
      emitShared(
        code,
        share,
        plan.kernels.map((kernel, at) => ({ index: kernels[at], isShared: sharesWork(kernel) })),
      );
    else for (const kernel of kernels) code.call(kernel);
  });
  if (!heap) addScan(module, plan, lowering, run, share);
  const constants = plan.buffers.flatMap(({ id, kind, size, dtype, values }) => {
    if (kind !== 'constant' || !values || size === 0 || !addresses.has(id)) return [];
    const words = dtype === 'float32' ? new Float32Array(size) : new Int32Array(size);
    return [
      {
        address: addresses.get(id) as number,
        words: words.map((_, at) => storedAs(values[values.length === 1 ? 0 : at], dtype)),
      },
    ];
  });
  const pages = Math.ceil((end + slackBytes) / pageBytes);
  return {
    bytes: module.encode(
      heap?.memory ??
        (share ? { minimum: pages, maximum: sharedMaximum(pages), isShared: true } : { minimum: pages }),
    ),
    addresses,
    data: [...constants, ...tables],
    end,
    pages,
  };
}

/** Whether threads divide this kernel among themselves; the others are one thread's work. */
export function sharesWork(kernel: Kernel): boolean {
  if (kernel.kind === 'loop') return isSharedLoop(kernel);
  if (kernel.kind === 'gather') return isSharedGather(kernel);
  return kernel.kind === 'contraction' && isSharedContraction(kernel);
}

/** Calls kernels in order: shared ones on all threads, the others on one; threads meet between the two kinds. */
function emitShared(
  code: Code,
  share: Share,
  kernels: readonly { index: number; isShared: boolean }[],
): void {
  let at = 0;
  while (at < kernels.length) {
    if (kernels[at].isShared) {
      code.call(kernels[at++].index);
    } else {
      const alone = kernels.slice(at);
      const end = alone.findIndex(({ isShared }) => isShared);
      const run = end < 0 ? alone : alone.slice(0, end);
      share.lead(code, () => {
        for (const { index } of run) code.call(index);
      });
      at += run.length;
    }
    share.barrier(code);
  }
}

/** Loops over steps inside WebAssembly: copies one step's inputs in, runs, copies its outputs out. */
function addScan(
  module: Module,
  plan: Plan,
  { addressOf }: ContractionLowering,
  run: number,
  share: Share | undefined,
): void {
  const inputs = Object.values(plan.inputs);
  const outputs = Object.values(plan.outputs);
  const bytesOf = (buffer: BufferId) => 4 * plan.buffers[buffer].size;
  const parameters = [
    'i32' as const,
    ...inputs.map(() => 'i32' as const),
    ...outputs.map(() => 'i32' as const),
  ];
  const alone = (code: Code, build: () => void) => (share ? share.lead(code, build) : build());
  const step = module.function({ parameters: parameters.slice(1) }, (code, places) => {
    alone(code, () => {
      inputs.forEach((buffer, at) =>
        code.i32(addressOf(buffer)).get(places[at]).i32(bytesOf(buffer)).copyMemory(),
      );
    });
    share?.barrier(code);
    code.call(run);
    alone(code, () => {
      outputs.forEach((buffer, at) =>
        code
          .get(places[inputs.length + at])
          .i32(addressOf(buffer))
          .i32(bytesOf(buffer))
          .copyMemory(),
      );
    });
  });
  module.function({ exportName: 'scan', parameters }, (code, [steps, ...places]) => {
    code.get(steps).if(() =>
      code.loop(() => {
        for (const at of places) code.get(at);
        code.call(step);
        [...inputs, ...outputs].forEach((buffer, at) => code.advance(places[at], bytesOf(buffer)));
        code.get(steps).i32(-1).op('i32.add').tee(steps).branchIf(0);
      }),
    );
  });
}
