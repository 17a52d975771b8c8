import type { Stream } from './stream.js';

/**
 * A matrix of `count` orthonormal rows of length `length` >= count, uniform among all of them.
 *
 * Normal numbers, orthonormalised by modified Gram-Schmidt run twice ("twice is enough": Giraud et al. 2005), so that
 * the rows are orthogonal to rounding however close two draws were. The diagonal of the triangular factor is positive,
 * which makes the law uniform without a correction of signs.
 */
export function orthonormalRows(count: number, length: number, random: Stream): Float64Array[] {
  const rows: Float64Array[] = [];
  for (let at = 0; at < count; at++) {
    const row = Float64Array.from({ length }, () => random.normal());
    for (let pass = 0; pass < 2; pass++) {
      for (const other of rows) subtract(row, other, dot(row, other));
    }
    const norm = Math.sqrt(dot(row, row));
    rows.push(row.map((value) => value / norm));
  }
  return rows;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at] * b[at];
  return sum;
}

function subtract(target: Float64Array, other: Float64Array, factor: number): void {
  for (let at = 0; at < target.length; at++) target[at] -= factor * other[at];
}
