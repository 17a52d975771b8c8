/**
 * The least round number that is not below a number; 1 for 0. Round: 1, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten.
 *
 * @example
 * [0, 0.03, 1.2, 7].map(roundUp) // => [1, 0.03, 1.5, 8]
 */
export function roundUp(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((digit) => digit * power >= value * (1 - 1e-6)) ?? 10;
  return Number((step * power).toPrecision(2));
}
