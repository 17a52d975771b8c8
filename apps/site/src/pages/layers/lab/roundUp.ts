/**
 * The least of 1, 2 or 5 times a power of ten that is not below a number; 1 for 0.
 *
 * @example
 * [0, 0.03, 1.2, 7].map(roundUp) // => [1, 0.05, 2, 10]
 */
export function roundUp(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 5, 10].find((digit) => digit * power >= value * (1 - 1e-6)) ?? 10;
  return Number((step * power).toPrecision(1));
}
