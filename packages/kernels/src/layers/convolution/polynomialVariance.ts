/**
 * @file Mean and variance of (s + c)^p for a normal s, and the spread of s that makes the variance 1.
 *
 * E[(s + c)^p] = Σ_k binomial(p, 2k) c^(p-2k) (2k - 1)!! σ^(2k)
 */

/** E[(s + c)^power], s normal with mean 0 and this variance. */
export function shiftedMoment(power: number, offset: number, variance: number): number {
  let [total, coefficient] = [0, 1];
  for (let k = 0; 2 * k <= power; k++) {
    total += coefficient * offset ** (power - 2 * k);
    // binomial(p, 2k + 2) (2k + 1)!! / (binomial(p, 2k) (2k - 1)!!) = (p - 2k)(p - 2k - 1) / (2k + 2)
    coefficient *= ((power - 2 * k) * (power - 2 * k - 1) * variance) / (2 * k + 2);
  }
  return total;
}

/**
 * Var[(s + c)^power] as the sum of its parts of each order k >= 1, (E[d^k (s + c)^power])² σ^(2k) / k!.
 *
 * All parts are positive for c >= 0; the difference of E[(s + c)^(2 power)] and a square cancels when c is large.
 */
export function powerVariance(power: number, offset: number, variance: number): number {
  let [total, slope, scale] = [0, 1, 1];
  for (let k = 1; k <= power; k++) {
    slope *= power - k + 1;
    scale *= variance / k;
    total += (slope * shiftedMoment(power - k, offset, variance)) ** 2 * scale;
  }
  return total;
}

/** The variance of s with Var[(s + c)^power] = 1, by bisection: it grows with that of s, and is 1 or more where s has 1. */
export function varianceForUnitPower(power: number, offset: number): number {
  let [low, high] = [0, 1];
  for (let halving = 0; halving < 120; halving++) {
    const middle = (low + high) / 2;
    if (powerVariance(power, offset, middle) < 1) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
