/**
 * The name of one element of a parameter, row-major.
 *
 * @example
 * coefficientName('kernel', [3, 2], 3) // => 'kernel[1, 1]'
 */
export function coefficientName(parameter: string, shape: readonly number[], at: number): string {
  const indices: number[] = [];
  let rest = at;
  for (const extent of shape.toReversed()) {
    indices.unshift(rest % extent);
    rest = Math.floor(rest / extent);
  }
  return indices.length === 0 ? parameter : `${parameter}[${indices.join(', ')}]`;
}
