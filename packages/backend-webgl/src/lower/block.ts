/**
 * @file Contractions by blocks: one fragment computes four rows of four columns, one row per layer of its target. Eight
 * texels then feed 64 multiplications, where a single row takes five texels for 16.
 */
import type { Access, ContractionKernel, Statement } from '@polyneuron/fusion';
import { sizeOf } from '@polyneuron/graph';
import { isAligned } from './emitStatements.js';
import { loadsOf, mergeAxes, type Nest } from './nest.js';
import { operandsOf, overDepth } from './operands.js';

/** Whether the four elements of a texel of an operand are four terms of a sum or four of its own rows. */
export type Direction = 'along' | 'across';

export interface Operand {
  readonly access: Access;
  readonly direction: Direction;
  /** Its own axis of the results: rows for the left one, columns for the right one. */
  readonly axis: number;
}

/** A contraction that goes by blocks. The last two outer axes are rows and columns, the last inner axis is cut in fours. */
export interface Block {
  readonly nest: Nest;
  readonly left: Operand;
  readonly right: Operand;
  /** Texels of a row of results. */
  readonly width: number;
  /** Rows of results. */
  readonly rows: number;
}

/** Fewer results than this leave most of a device idle when one fragment computes sixteen. */
const fewestResults = 512;
/** With fewer terms there is nothing to share. */
const fewestTerms = 8;

/** The contraction and those statements of its epilogue that matter as a block; undefined where it must go row by row. */
export function blockOf(kernel: ContractionKernel, statements: readonly Statement[]): Block | undefined {
  const { batch, rows, columns, depth } = kernel;
  const outer = [...batch, ...rows, ...columns];
  if (sizeOf(outer) < fewestResults || sizeOf(depth) < fewestTerms) return undefined;
  const all = [...operandsOf(kernel), ...overDepth(statements, depth.length)];
  const nest = mergeAxes([...outer, ...depth], outer.length, all);
  const last = nest.outer.length - 1;
  if (last < 1 || nest.outer[last] % 4 !== 0 || (last > 1 && nest.outer[last - 1] % 4 !== 0))
    return undefined;
  if ((nest.inner.at(-1) ?? 1) % 4 !== 0) return undefined;
  const [a, b] = loadsOf(nest.statements);
  const along = nest.outer.length + nest.inner.length - 1;
  const operandOf = (access: Access, axis: number, other: number): Operand | undefined => {
    if (access.strides[other] !== 0) return undefined;
    if (isAligned(access, along)) return { access, direction: 'along', axis };
    return isAligned(access, axis) ? { access, direction: 'across', axis } : undefined;
  };
  const left = operandOf(a, last - 1, last);
  const right = operandOf(b, last, last - 1);
  return (
    left && right && { nest, left, right, width: nest.outer[last] / 4, rows: sizeOf(nest.outer.slice(0, -1)) }
  );
}

/** Elements from one of an operand's four texels to the next. */
export function rowStride({ access, direction, axis }: Operand): number {
  return access.strides[direction === 'along' ? axis : access.strides.length - 1];
}

/** Texels of a row of the texture in which the operand's rows would be rows; undefined where they overlap. */
export function rowWidth({ outer, inner }: Nest, operand: Operand): number | undefined {
  const stride = rowStride(operand);
  const extents = [...outer, ...inner];
  const within = extents[operand.direction === 'along' ? extents.length - 1 : operand.axis];
  return stride >= within ? stride / 4 : undefined;
}
