/**
 * @file exp, log, sin and cos by + − × ÷ and comparisons alone.
 *
 * ECMAScript leaves `Math.exp`, `Math.log`, `Math.sin`, `Math.cos` and `**` to the engine, and engines differ in the
 * last bit; it fixes the four operations, `Math.sqrt` and the roundings exactly. What a generator computes goes through
 * this file, so that a seed gives the same bytes everywhere.
 *
 * Method   reduce to a small argument, then the Taylor series in Horner form, cut where the next term is below 2^-55 of
 *          the result.
 * Numerics against the correctly rounded value: exp 2 ulp, log 2 ulp, sin and cos 2.5e-16 absolute for |x| ≤ 1e5; the tests
 *          measure all four. Sine and cosine are not for |x| > 1e6.
 */

// ln 2 and π/2 cut in parts: the first has trailing zeros, so that its product with a small integer is exact (fdlibm).
const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;
const halfPiHigh = 1.5707963267341256;
const halfPiMiddle = 6.077100506303966e-11;
const halfPiLow = 2.0222662487959506e-21;

/** Natural logarithm: x = 2^e·m, ln m = 2 artanh z = 2 Σ z^(2k+1)/(2k+1), z = (m−1)/(m+1). */
export function log(x: number): number {
  if (x === 0) return Number.NEGATIVE_INFINITY;
  if (!(x > 0 && x < Number.POSITIVE_INFINITY)) return x > 0 ? x : Number.NaN;
  let m = x;
  let e = 0;
  while (m > Math.SQRT2) {
    m *= 0.5;
    e++;
  }
  while (m < Math.SQRT1_2) {
    m *= 2;
    e--;
  }
  const z = (m - 1) / (m + 1);
  const w = z * z;
  let tail = 1 / 21;
  for (let odd = 19; odd >= 3; odd -= 2) tail = tail * w + 1 / odd;
  return e * ln2High + (2 * z + (2 * z * w * tail + e * ln2Low));
}

/** e^x = 2^k·e^r, r = x − k ln 2, |r| ≤ ½ ln 2. Overflows to Infinity and underflows to 0 as `Math.exp` does. */
export function exp(x: number): number {
  if (x > 709.7827128933841) return Number.POSITIVE_INFINITY;
  if (x < -745.1332191019412) return 0;
  const k = Math.round(x / Math.LN2);
  const r = x - k * ln2High - k * ln2Low;
  let series = 1;
  for (let n = 14; n >= 2; n--) series = 1 + (r / n) * series;
  let result = 1 + r * series;
  // Powers of two are exact; the last halving into the subnormals rounds once.
  for (let i = 0; i < k; i++) result *= 2;
  for (let i = 0; i > k; i--) result *= 0.5;
  return result;
}

/** Sine of x radians. */
export function sin(x: number): number {
  const { quadrant, r } = reduceByHalfPi(x);
  const value = quadrant & 1 ? cosSeries(r) : sinSeries(r);
  return quadrant & 2 ? -value : value;
}

/** Cosine of x radians. */
export function cos(x: number): number {
  const { quadrant, r } = reduceByHalfPi(x);
  const value = quadrant & 1 ? sinSeries(r) : cosSeries(r);
  return (quadrant + 1) & 2 ? -value : value;
}

function reduceByHalfPi(x: number): { quadrant: number; r: number } {
  const q = Math.round(x * 0.6366197723675814);
  return { quadrant: q & 3, r: x - q * halfPiHigh - q * halfPiMiddle - q * halfPiLow };
}

/** r − r³/3! + … − r¹⁹/19!, |r| ≤ π/4. */
function sinSeries(r: number): number {
  const w = r * r;
  let tail = 1;
  for (let n = 18; n >= 4; n -= 2) tail = 1 - (w / (n * (n + 1))) * tail;
  return r - r * (w / 6) * tail;
}

/** 1 − r²/2! + … + r²⁰/20!, |r| ≤ π/4. */
function cosSeries(r: number): number {
  const w = r * r;
  let tail = 1;
  for (let n = 19; n >= 3; n -= 2) tail = 1 - (w / (n * (n + 1))) * tail;
  return 1 - (w / 2) * tail;
}
