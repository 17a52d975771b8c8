import type { Access, Body, LoopKernel, Reduction } from '@polyneuron/fusion';
import type { Code } from '../assembler/code.js';
import { emitBody, type Lowering, pushAddress } from './emitBody.js';
import { collapse, type Nest } from './nest.js';

export function lowerLoop(code: Code, lowering: Lowering, { body }: LoopKernel): void {
  const nest = collapse(body);
  const { share } = lowering;
  const parts = share && splitNest(body, nest);
  if (!share || !parts) {
    emitReductionStarts(code, lowering, body);
    emitBody(code, lowering, body, nest);
    return;
  }
  if (body.reductions.length > 0) {
    share.lead(code, () => emitReductionStarts(code, lowering, body));
    share.barrier(code);
  }
  const { first, count } = share.rangeOf(code, parts.nest.extents[0]);
  emitBody(code, lowering, body, parts.nest, {
    pushCount: (at) => at.get(count),
    pushOrigin: (at, [stride]) =>
      at
        .get(first)
        .i32(4 * stride)
        .op('i32.mul'),
  });
  const { rest } = parts;
  if (!rest) return;
  share.lead(code, () =>
    emitBody(code, lowering, body, rest, {
      pushCount: (at) => at.i32(1),
      pushOrigin: (at, [stride]) => at.i32(4 * stride * parts.nest.extents[0]),
    }),
  );
}

/** Whether threads divide this loop among themselves. */
export function isShared({ body }: LoopKernel): boolean {
  return splitNest(body, collapse(body)) !== undefined;
}

/** Loops of fewer points are done before another thread has heard of them. */
const sharedPoints = 8192;
/** Points of a run that one thread takes at a time. */
const runLength = 256;

interface SplitNest {
  /** Its first axis is what threads divide. */
  readonly nest: Nest;
  /** What is left after whole runs: one iteration of the first axis. */
  readonly rest?: Nest;
}

function splitNest({ reductions }: Body, nest: Nest): SplitNest | undefined {
  const { extents, strides, indexAxes } = nest;
  if (extents.reduce((size, extent) => size * extent, 1) < sharedPoints || indexAxes.size > 0)
    return undefined;
  const addsAlongFirst = reductions.some(({ access }) => (strides.get(access) as readonly number[])[0] === 0);
  if (addsAlongFirst) return undefined;
  if (extents.length > 1) return { nest };
  // One long axis: runs of equal length, and what is left
  const runs = new Map(
    [...strides].map(([access, [stride]]) => [access, [runLength * stride, stride]] as const),
  );
  const [extent] = extents;
  const split = (first: number, second: number): Nest => ({
    extents: [first, second],
    strides: runs,
    indexAxes,
  });
  const whole = split(Math.floor(extent / runLength), runLength);
  return extent % runLength === 0 ? { nest: whole } : { nest: whole, rest: split(1, extent % runLength) };
}

/** Fills the targets of reductions with the value that changes nothing. */
export function emitReductionStarts(code: Code, lowering: Lowering, { domain, reductions }: Body): void {
  for (const reduction of reductions) {
    const count = reduction.axes.reduce(
      (size, axis) => size / Math.max(1, domain[axis]),
      domain.reduce((size, extent) => size * Math.max(1, extent), 1),
    );
    const kept = domain.every((extent, axis) => extent > 0 || reduction.axes.includes(axis)) ? count : 0;
    emitFill(code, lowering, reduction.access, kept, startOf(reduction));
  }
}

function startOf({ op, dtype }: Reduction): number {
  if (op === 'sum') return 0;
  return dtype === 'float32' ? -0x00800000 : -0x80000000;
}

/**
 * Sets `count` elements from the first of an access on to the same 32 bits; the memory of the module itself is reserved
 * in multiples of 16 bytes, which other values than 0 need.
 */
export function emitFill(
  code: Code,
  lowering: Lowering,
  { buffer, offset }: Access,
  count: number,
  bits: number,
): void {
  if (count === 0) return;
  pushAddress(code, lowering, buffer, 4 * offset);
  if (bits === 0) {
    code
      .i32(0)
      .i32(4 * count)
      .fillMemory();
    return;
  }
  const at = code.local('i32');
  code.set(at);
  code.repeat(Math.ceil(count / 4), () => code.get(at).i32x4(bits).memory('v128.store').advance(at, 16));
}
