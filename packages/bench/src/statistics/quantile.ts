import { ValueError } from '@polyneuron/graph';

/**
 * Quantile by linear interpolation between order statistics (Hyndman and Fan's type 7, NumPy's default).
 *
 * h = (n - 1) p;  q = x_(⌊h⌋) + (h - ⌊h⌋) (x_(⌊h⌋+1) - x_(⌊h⌋)),  x sorted
 *
 * Throws   ValueError on no value, or p outside [0, 1]
 */
export function quantile(values: readonly number[], p: number): number {
  return quantileOfSorted(sorted(values), p);
}

export function sorted(values: readonly number[]): Float64Array {
  return Float64Array.from(values).sort();
}

/** The same for values in ascending order, which saves sorting for every p. */
export function quantileOfSorted(ascending: Float64Array, p: number): number {
  if (ascending.length === 0 || !(p >= 0 && p <= 1)) {
    throw new ValueError({
      subject: 'quantile',
      expected: 'at least one value, and p from 0 to 1',
      received: `${ascending.length} values and p = ${p}`,
      fix: 'measure at least once',
    });
  }
  const place = (ascending.length - 1) * p;
  const below = Math.floor(place);
  const share = place - below;
  // Without a share the neighbour must not matter: it may be missing, and ∞ · 0 is NaN.
  if (share === 0) return ascending[below];
  return ascending[below] + share * (ascending[below + 1] - ascending[below]);
}
