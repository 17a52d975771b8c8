/**
 * Error function in float64, relative error below 1e-15.
 *
 * |x| < 2.5: Taylor series of erf, whose terms stay small enough there; else 1 - erfc by Lentz's continued fraction.
 *
 * Source   Abramowitz & Stegun 7.1.6 (series with positive terms) and 7.1.14 (continued fraction)
 */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (Number.isNaN(x)) return x;
  if (size > 6) return Math.sign(x);
  const value = size < 2.5 ? erfSeries(size) : 1 - erfcFraction(size);
  return x < 0 ? -value : value;
}

// erf x = 2/√π e^(-x²) Σ 2^k x^(2k+1) / (1·3·…·(2k+1)): no cancellation
function erfSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (2 * x * x) / (2 * k + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

// √π e^(x²) erfc x = 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + ...)))), evaluated from the far end
function erfcFraction(x: number): number {
  let tail = x;
  for (let k = 120; k >= 1; k--) tail = x + k / 2 / tail;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * tail);
}
