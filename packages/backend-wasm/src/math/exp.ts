/**
 * @file exp and expm1 of four float32.
 *
 * Method   x = n ln 2 + r with |r| <= ln 2 / 2, ln 2 in two parts so that r is exact; e^r - 1 = r + r² P(r) with the
 *          degree-5 minimax polynomial of Cephes (expf); then 2^n in two halves, so that results down to the smallest
 *          subnormal and up to the largest finite number come out right
 * Error    exp 2 ulp, expm1 3 ulp (measured over all exponents, math.test.ts)
 */
import type { Code, Local } from '../assembler/code.js';
import { polynomial } from './polynomial.js';
import type { VectorFunction } from './vectorFunction.js';

const expPolynomial = [
  1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1,
];

interface Reduced {
  /** 2^(n >> 1) and 2^(n - (n >> 1)) */
  readonly half: Local;
  readonly rest: Local;
  /** e^r - 1 */
  readonly small: Local;
}

/** Splits x, which is within the range of finite results and a little beyond. */
function reduce(code: Code, x: Local): Reduced {
  const [n, r, square, small, half, rest, whole] = Array.from({ length: 7 }, () => code.local('v128'));
  code.get(x).f32x4(Math.LOG2E).op('f32x4.mul', 'f32x4.nearest').set(n);
  code.get(x).get(n).f32x4(0.693359375).op('f32x4.mul', 'f32x4.sub');
  code.get(n).f32x4(-2.1219444e-4).op('f32x4.mul', 'f32x4.sub').set(r);
  code.get(r).get(r).op('f32x4.mul').set(square);
  polynomial(code, r, expPolynomial).get(square).op('f32x4.mul').get(r).op('f32x4.add').set(small);
  code.get(n).op('i32x4.trunc_sat_f32x4_s').set(whole);
  const power = () => code.i32x4(127).op('i32x4.add').i32(23).op('i32x4.shl');
  code.get(whole).i32(1).op('i32x4.shr_s').tee(half);
  power().set(rest);
  code.get(whole).get(half).op('i32x4.sub');
  power().get(rest).set(half).set(rest);
  return { half, rest, small };
}

/** Clamps to where results are finite or round to 0 and infinity; NaN passes. */
function clamp(code: Code, x: Local): void {
  code.get(x).f32x4(-104).op('f32x4.max').f32x4(89).op('f32x4.min').set(x);
}

export const exp: VectorFunction = {
  name: 'exp',
  arity: 1,
  emit: (code, x) => {
    clamp(code, x);
    const { half, rest, small } = reduce(code, x);
    code.get(small).f32x4(1).op('f32x4.add').get(half).op('f32x4.mul').get(rest).op('f32x4.mul');
  },
};

export const expm1: VectorFunction = {
  name: 'expm1',
  arity: 1,
  emit: (code, x) => {
    const scale = code.local('v128');
    // Below -18 the result is -1 to the last bit
    code.get(x).f32x4(-18).op('f32x4.max').f32x4(89).op('f32x4.min').set(x);
    const { half, rest, small } = reduce(code, x);
    // 2^n (e^r - 1) + (2^n - 1); 2^n alone may overflow where the result does not, so it is applied in halves
    code.get(half).get(rest).op('f32x4.mul').set(scale);
    code
      .get(small)
      .get(half)
      .op('f32x4.mul')
      .get(rest)
      .op('f32x4.mul')
      .get(scale)
      .f32x4(1)
      .op('f32x4.sub', 'f32x4.add');
    code.get(small).f32x4(1).op('f32x4.add').get(half).op('f32x4.mul').get(rest).op('f32x4.mul');
    code.get(x).f32x4(20).op('f32x4.lt', 'v128.bitselect');
    // Tiny x, -0 included, is its own result
    code
      .get(x)
      .get(x)
      .op('f32x4.abs')
      .f32x4(2 ** -26)
      .op('f32x4.lt');
    const tiny = code.local('v128');
    const value = code.local('v128');
    code.set(tiny).set(value);
    const general = code.local('v128');
    code.set(general).get(value).get(general).get(tiny).op('v128.bitselect');
  },
};
