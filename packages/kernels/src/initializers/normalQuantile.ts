/**
 * @file Quantiles of the standard normal law by rational functions, algorithm AS 241 (PPND16).
 *
 * Relative error about 1e-16; the published coefficients are rounded to float64 here. Only + - * / and √ are used, the logarithm included, because engines differ in the last
 * bits of Math.log and initial weights must not.
 *
 * Source   Wichura 1988, The Percentage Points of the Normal Distribution (Applied Statistics 37)
 */

/** Coefficients from the constant upwards, numerator and denominator. */
type Rational = readonly [readonly number[], readonly number[]];

/** |p - 1/2| <= 0.425, in 0.425² - (p - 1/2)² */
const centre: Rational = [
  [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
    67265.7709270087, 33430.57558358813, 2509.0809287301227,
  ],
  [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852854,
  ],
];

/** √(-log r) <= 5, in √(-log r) - 1.6 */
const shoulder: Rational = [
  [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
];

/** beyond, in √(-log r) - 5 */
const tail: Rational = [
  [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
  ],
  [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
    1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15,
  ],
];

/** z with Φ(z) = p, for 0 < p < 1. */
export function normalQuantile(p: number): number {
  const offset = p - 0.5;
  if (Math.abs(offset) <= 0.425) return offset * quotient(centre, 0.180625 - offset * offset);
  const depth = Math.sqrt(-logarithm(offset < 0 ? p : 1 - p));
  const size = depth <= 5 ? quotient(shoulder, depth - 1.6) : quotient(tail, depth - 5);
  return offset < 0 ? -size : size;
}

function quotient([above, below]: Rational, x: number): number {
  return horner(above, x) / horner(below, x);
}

function horner(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
}

/** log x for 0 < x < 1: x = m 2^-k with m in [1/√2, √2), log m = 2 artanh((m-1)/(m+1)) */
function logarithm(x: number): number {
  let mantissa = x;
  let halvings = 0;
  for (; mantissa < Math.SQRT1_2; mantissa *= 2) halvings++;
  const z = (mantissa - 1) / (mantissa + 1);
  const square = z * z;
  // z² < 0.03: the first term left out is below 1e-19.
  let series = 0;
  for (let power = 23; power >= 1; power -= 2) series = series * square + 1 / power;
  return 2 * z * series - halvings * Math.LN2;
}
