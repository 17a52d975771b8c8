/**
 * @file log and log1p of four float32.
 *
 * Method   x = 2^e m with m in [√½, √2); log m by the degree-9 polynomial of Cephes (logf) around 1; e ln 2 is added
 *          in two parts. log1p(x) = log(u) x / (u - 1) with u = 1 + x rounded, which cancels the rounding of u (Kahan)
 * Error    log 2 ulp, log1p 4 ulp (math.test.ts)
 */
import { polynomial } from './polynomial.js';
import { inline, type VectorFunction } from './vectorFunction.js';

const logPolynomial = [
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
  2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
];

export const log: VectorFunction = {
  name: 'log',
  arity: 1,
  emit: (code, x) => {
    const [scaled, exponent, mantissa, isSmall, isBelow, square, f] = Array.from({ length: 7 }, () =>
      code.local('v128'),
    );
    // Subnormals are scaled by 2^23 first
    code
      .get(x)
      .f32x4(2 ** -126)
      .op('f32x4.lt')
      .set(isSmall);
    code
      .get(x)
      .f32x4(2 ** 23)
      .op('f32x4.mul')
      .get(x)
      .get(isSmall)
      .op('v128.bitselect')
      .set(scaled);
    code.get(scaled).i32(23).op('i32x4.shr_u').i32x4(126).op('i32x4.sub', 'f32x4.convert_i32x4_s');
    code.get(isSmall).f32x4(23).op('v128.and', 'f32x4.sub').set(exponent);
    // m in [½, 1)
    code.get(scaled).i32x4(0x007fffff).op('v128.and').i32x4(0x3f000000).op('v128.or').set(mantissa);
    code.get(mantissa).f32x4(Math.SQRT1_2).op('f32x4.lt').set(isBelow);
    code.get(exponent).get(isBelow).f32x4(1).op('v128.and', 'f32x4.sub').set(exponent);
    code.get(mantissa).f32x4(1).op('f32x4.sub').get(mantissa).get(isBelow).op('v128.and', 'f32x4.add').set(f);
    code.get(f).get(f).op('f32x4.mul').set(square);
    polynomial(code, f, logPolynomial).get(f).op('f32x4.mul').get(square).op('f32x4.mul');
    code.get(exponent).f32x4(-2.1219444e-4).op('f32x4.mul', 'f32x4.add');
    code.get(square).f32x4(0.5).op('f32x4.mul', 'f32x4.sub');
    code.get(f).op('f32x4.add').get(exponent).f32x4(0.693359375).op('f32x4.mul', 'f32x4.add').set(f);
    // ∞ is its own logarithm, 0 gives -∞, negative numbers and NaN give NaN
    code.get(x).get(f).get(x).f32x4(Number.POSITIVE_INFINITY).op('f32x4.eq', 'v128.bitselect').set(f);
    code.f32x4(Number.NEGATIVE_INFINITY).get(f).get(x).f32x4(0).op('f32x4.eq', 'v128.bitselect').set(f);
    code.get(f).f32x4(Number.NaN).get(x).f32x4(0).op('f32x4.ge', 'v128.bitselect');
  },
};

export const log1p: VectorFunction = {
  name: 'log1p',
  arity: 1,
  emit: (code, x) => {
    const [u, gap, logarithm] = [code.local('v128'), code.local('v128'), code.local('v128')];
    code.get(x).f32x4(1).op('f32x4.add').tee(u).f32x4(1).op('f32x4.sub').set(gap);
    inline(code.get(u), log).tee(logarithm).get(x).op('f32x4.mul').get(gap).op('f32x4.div');
    // u = 1: log1p(x) = x; u = x: adding 1 changed nothing, ∞ included
    const value = code.local('v128');
    code.set(value).get(x).get(value).get(gap).f32x4(0).op('f32x4.eq', 'v128.bitselect').set(value);
    code.get(logarithm).get(value).get(u).get(x).op('f32x4.eq', 'v128.bitselect');
  },
};
