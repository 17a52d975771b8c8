/**
 * @file tanh and the logistic sigmoid of four float32.
 *
 * Method   tanh: x + x³ P(x²) of Cephes (tanhf) below 0.625, else 1 - 2 / (e^2|x| + 1) with the sign of x;
 *          sigmoid: 1 / (1 + e^-x)
 * Error    4 ulp (math.test.ts); sigmoid is 0 below -88.7, where the exact value is under 4e-39
 */
import type { Module } from '../assembler/module.js';
import { exp } from './exp.js';
import { polynomial } from './polynomial.js';

const tanhPolynomial = [
  -5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1,
];

export function tanh(module: Module): number {
  const exponential = exp(module);
  return module.shared('tanh', { parameters: ['v128'], results: ['v128'] }, (code, [x]) => {
    const [size, square] = [code.local('v128'), code.local('v128')];
    code.get(x).op('f32x4.abs').set(size);
    code.get(x).get(x).op('f32x4.mul').set(square);
    polynomial(code, square, tanhPolynomial)
      .get(square)
      .op('f32x4.mul')
      .get(x)
      .op('f32x4.mul')
      .get(x)
      .op('f32x4.add');
    code
      .f32x4(1)
      .f32x4(2)
      .get(size)
      .get(size)
      .op('f32x4.add')
      .call(exponential)
      .f32x4(1)
      .op('f32x4.add', 'f32x4.div', 'f32x4.sub');
    code.get(x).i32x4(-0x80000000).op('v128.and', 'v128.or');
    code.get(size).f32x4(0.625).op('f32x4.lt', 'v128.bitselect');
  });
}

export function sigmoid(module: Module): number {
  const exponential = exp(module);
  return module.shared('sigmoid', { parameters: ['v128'], results: ['v128'] }, (code, [x]) => {
    code.f32x4(1).f32x4(1).get(x).op('f32x4.neg').call(exponential).op('f32x4.add', 'f32x4.div');
  });
}
