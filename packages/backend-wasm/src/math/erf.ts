/**
 * @file The error function of four float32.
 *
 * Method   |x| < 1: x P(x²); else 1 - e^(-x²) / |x| · Q(1/x²) with two polynomials split at 2; Cephes (ndtrf)
 * Error    4 ulp (math.test.ts)
 */
import { exp } from './exp.js';
import { polynomial } from './polynomial.js';
import { inline, type VectorFunction } from './vectorFunction.js';

const inner = [
  7.853861353153693e-5, -8.010193625184903e-4, 5.188327685732524e-3, -2.685381193529856e-2,
  1.128358514861418e-1, -3.7612625824233e-1, 1.12837916709551,
];
const middle = [
  2.326819970068386e-2, -1.387039388740657e-1, 3.687424674597105e-1, -5.824733027278666e-1,
  6.210004621745983e-1, -4.944515323274145e-1, 3.404879937665872e-1, -2.741127028184656e-1,
  5.638259427386472e-1,
];
const outer = [
  -1.047766399936249e1, 1.297719955372516e1, -7.495518717768503, 2.921019019210786, -1.0152652792027,
  4.218463358204948e-1, -2.820767439740514e-1, 5.641895067754075e-1,
];

export const erf: VectorFunction = {
  name: 'erf',
  arity: 1,
  emit: (code, x) => {
    const [size, square, inverse, tail] = Array.from({ length: 4 }, () => code.local('v128'));
    code.get(x).op('f32x4.abs').set(size);
    code.get(x).get(x).op('f32x4.mul').set(square);
    polynomial(code, square, inner).get(x).op('f32x4.mul');
    code.f32x4(1).get(size).op('f32x4.div').tee(tail).get(tail).op('f32x4.mul').set(inverse);
    code.f32x4(1);
    inline(code.get(square).op('f32x4.neg'), exp).get(tail).op('f32x4.mul');
    polynomial(code, inverse, middle);
    polynomial(code, inverse, outer);
    code.get(size).f32x4(2).op('f32x4.lt', 'v128.bitselect', 'f32x4.mul', 'f32x4.sub');
    code.get(x).i32x4(-0x80000000).op('v128.and', 'v128.or');
    code.get(size).f32x4(1).op('f32x4.lt', 'v128.bitselect').set(tail);
    // ∞·0 above is NaN: from 4 on the result is ±1 to the last bit
    code
      .f32x4(1)
      .get(x)
      .i32x4(-0x80000000)
      .op('v128.and', 'v128.or')
      .get(tail)
      .get(size)
      .f32x4(4)
      .op('f32x4.gt', 'v128.bitselect');
  },
};
