import type { Access, ContractionKernel } from '@polyneuron/fusion';
import { spread } from './axes.js';

const range = (start: number, count: number) => Array.from({ length: count }, (_, i) => start + i);
const none = (count: number) => new Array<undefined>(count).fill(undefined);

/** The operands of a contraction as accesses over [...batch, ...rows, ...columns, ...depth]. */
export function operandAccesses({ batch, rows, columns, depth, left, right }: ContractionKernel): {
  readonly left: Access;
  readonly right: Access;
} {
  const [b, r, c, d] = [batch, rows, columns, depth].map(({ length }) => length);
  return {
    left: spread(left, [...range(0, b + r), ...none(c), ...range(b + r, d)]),
    right: spread(right, [...range(0, b), ...none(r), ...range(b + d, c), ...range(b, d)]),
  };
}

/** Axes of the epilogue among those of the whole contraction. */
export const epiloguePlaces = ({ epilogue, depth }: ContractionKernel): (number | undefined)[] => [
  ...range(0, epilogue.domain.length),
  ...none(depth.length),
];
