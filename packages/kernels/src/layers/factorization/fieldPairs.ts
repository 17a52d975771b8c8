/**
 * All pairs (i, j) of fields with i < j, row-major: (0, 1), (0, 2), ..., (1, 2), ...
 *
 * The order of every weight or output of this family that has one value per pair. Pair (i, j) of F fields is number
 * i (2F - i - 1) / 2 + j - i - 1; there are F (F - 1) / 2.
 *
 * @example
 * fieldPairs(3) // => [[0, 1], [0, 2], [1, 2]]
 */
export function fieldPairs(fields: number): readonly (readonly [number, number])[] {
  return Array.from({ length: fields }, (_, i) =>
    Array.from({ length: fields - i - 1 }, (_, step): readonly [number, number] => [i, i + 1 + step]),
  ).flat();
}
