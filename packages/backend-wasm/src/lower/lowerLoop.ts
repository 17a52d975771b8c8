import type { Body, LoopKernel, Reduction } from '@polyneuron/fusion';
import type { Code } from '../assembler/code.js';
import { emitBody, type Lowering } from './emitBody.js';
import { collapse } from './nest.js';

export function lowerLoop(code: Code, lowering: Lowering, { body }: LoopKernel): void {
  emitReductionStarts(code, lowering, body);
  emitBody(code, lowering, body, collapse(body));
}

/** Fills the targets of reductions with the value that changes nothing. */
export function emitReductionStarts(code: Code, { addressOf }: Lowering, { domain, reductions }: Body): void {
  for (const reduction of reductions) {
    const count = reduction.axes.reduce(
      (size, axis) => size / Math.max(1, domain[axis]),
      domain.reduce((size, extent) => size * Math.max(1, extent), 1),
    );
    const kept = domain.every((extent, axis) => extent > 0 || reduction.axes.includes(axis)) ? count : 0;
    emitFill(
      code,
      addressOf(reduction.access.buffer) + 4 * reduction.access.offset,
      kept,
      startOf(reduction),
    );
  }
}

function startOf({ op, dtype }: Reduction): number {
  if (op === 'sum') return 0;
  return dtype === 'float32' ? -0x00800000 : -0x80000000;
}

/** Sets `count` elements to the same 32 bits; memory is reserved in multiples of 16 bytes. */
export function emitFill(code: Code, address: number, count: number, bits: number): void {
  if (count === 0) return;
  if (bits === 0) {
    code
      .i32(address)
      .i32(0)
      .i32(4 * count)
      .fillMemory();
    return;
  }
  const at = code.local('i32');
  code.i32(address).set(at);
  code.repeat(Math.ceil(count / 4), () => code.get(at).i32x4(bits).memory('v128.store').advance(at, 16));
}
