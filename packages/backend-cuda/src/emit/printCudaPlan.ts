import {
  type Buffer,
  type BufferId,
  fedIndices,
  type Plan,
  packBuffers,
  planProgram,
} from '@polyneuron/fusion';
import {
  type DType,
  formatShape,
  type Program,
  simplify,
  sizeOf,
  storedAs,
  type TensorSpec,
  ValueError,
} from '@polyneuron/graph';
import type { CudaPlan, Slot } from '../cudaPlan.js';
import { contractionForm, type TensorFormat } from './contractionForm.js';
import { emitPlan } from './emitPlan.js';
import type { CudaKernel, EmitContext } from './kernel.js';
import { printScan } from './printScan.js';
import { type PlacedKernel, printSource } from './printSource.js';

export interface PrintOptions {
  /** Bytes between tensors that nobody may touch, for memory checkers. default 0 */
  readonly guardBytes?: number;
  /**
   * Contractions of 33 rows and columns and more go to tensor cores, with operands rounded to 11 bits (tf32) or 8 bits
   * (bf16) of significand; products and sums stay float32. Needs compute capability 8.0. default: float32 throughout
   */
  readonly tensorCores?: TensorFormat;
  /** Begins the name of every kernel, for several programs in one source. default '' */
  readonly prefix?: string;
}

interface TestOptions {
  /** How contractions are computed, in place of what their sizes suggest. */
  readonly formOf?: EmitContext['formOf'];
}

/** A printed program, with what checks of it need to know. */
export interface PrintedProgram {
  readonly plan: CudaPlan;
  /** The kernels of the source, in the order of `plan.launches`. */
  readonly placed: readonly PlacedKernel[];
  readonly scanSource: string;
  /** Buffers with their addresses, by id; those without an address are not used. */
  readonly buffers: readonly Buffer[];
  readonly addresses: ReadonlyMap<BufferId, number>;
}

/**
 * A program as CUDA C with all addresses resolved.
 *
 * Throws   ValueError if a tensor or a loop has 2^31 - 2^17 elements or more: kernels count them in 32 bits
 *
 * @example
 * printCudaPlan(program).launches.length // kernels of one step
 */
export function printCudaPlan(program: Program, options: PrintOptions = {}): CudaPlan {
  return printProgram(program, options).plan;
}

export function printProgram(
  program: Program,
  { guardBytes = 0, prefix = '', tensorCores, formOf }: PrintOptions & TestOptions = {},
): PrintedProgram {
  const planned = planProgram(simplify(program), { lanes: false });
  const { kernels, context } = emitPlan(planned, formOf ?? ((size) => contractionForm(size, tensorCores)));
  checkSizes(planned, context.buffers);
  const uses = kernels.map(({ parameters }) => parameters.map(({ buffer }) => buffer));
  const { addresses, end } = packBuffers(context.buffers, uses, guardBytes, 64, guardBytes);
  const placed = kernels.map((kernel, at) =>
    placeKernel(kernel, `${prefix}k${at}_${kernel.name}`, addresses),
  );
  const slots = slotsOf(planned, addresses);
  const { source, scan } = printScan(prefix, slots.inputs, slots.outputs);
  const plan: CudaPlan = {
    source: [printSource(placed), source].filter(Boolean).join('\n'),
    arenaBytes: Math.max(64, end),
    constants: constantsOf(context.buffers, addresses),
    ...slots,
    fedIndices: fedIndices(planned),
    launches: placed.map(({ symbol, kernel }) => ({
      kernel: symbol,
      grid: [kernel.blocks, 1, 1],
      block: [kernel.threads, 1, 1],
      sharedBytes: 0,
    })),
    scan,
  };
  return { plan, placed, scanSource: source, buffers: context.buffers, addresses };
}

/** A thread goes from term to term in steps of up to 264 blocks of 256, which must not leave 32 bits either. */
const sizeLimit = 2 ** 31 - 2 ** 17;

/** Tensors, and loops over broadcast tensors, which may be larger. */
function checkSizes({ program, kernels }: Plan, buffers: readonly Buffer[]): void {
  const domains = kernels.flatMap((kernel) =>
    kernel.kind === 'loop'
      ? [kernel.body.domain]
      : kernel.kind === 'contraction'
        ? [kernel.epilogue.domain, kernel.depth]
        : [],
  );
  const sizes = [
    ...buffers.map(({ name, size }) => ({ name, size })),
    ...domains.map((domain) => ({ name: `a loop over ${formatShape(domain)}`, size: sizeOf(domain) })),
  ];
  const large = sizes.find(({ size }) => size >= sizeLimit);
  if (!large) return;
  throw new ValueError({
    subject: `program '${program.name}' on cuda`,
    expected: `tensors and loops of fewer than ${sizeLimit} elements`,
    received: `${large.name} of ${large.size}`,
    fix: 'use a smaller batch, or keep less data resident',
  });
}

const placeKernel = (
  kernel: CudaKernel,
  symbol: string,
  addresses: ReadonlyMap<BufferId, number>,
): PlacedKernel => ({
  symbol,
  kernel,
  addresses: kernel.parameters.map(({ buffer }) => addresses.get(buffer) as number),
});

function slotsOf(
  { program, inputs, state, outputs }: Plan,
  addresses: ReadonlyMap<BufferId, number>,
): Pick<CudaPlan, 'inputs' | 'state' | 'outputs'> {
  const slots = (specs: Readonly<Record<string, TensorSpec>>, ids: Readonly<Record<string, BufferId>>) =>
    Object.fromEntries(
      Object.entries(specs).map(([name, { shape, dtype }]): [string, Slot] => [
        name,
        {
          offset: addresses.get(ids[name]) as number,
          bytes: 4 * sizeOf(shape),
          dtype,
          shape,
        },
      ]),
    );
  return {
    inputs: slots(program.inputs, inputs),
    state: slots(program.state, state),
    outputs: slots(program.outputs, outputs),
  };
}

function constantsOf(
  buffers: readonly Buffer[],
  addresses: ReadonlyMap<BufferId, number>,
): CudaPlan['constants'] {
  return buffers.flatMap(({ id, kind, size, values, dtype }) =>
    kind === 'constant' && values && size > 0
      ? [{ offset: addresses.get(id) as number, data: bytesOf(values, size, dtype) }]
      : [],
  );
}

function bytesOf(values: readonly number[], size: number, dtype: DType): Uint8Array {
  const stored = Array.from({ length: size }, (_, at) =>
    storedAs(values[values.length === 1 ? 0 : at], dtype),
  );
  const typed = dtype === 'float32' ? Float32Array.from(stored) : Int32Array.from(stored);
  return new Uint8Array(typed.buffer);
}
