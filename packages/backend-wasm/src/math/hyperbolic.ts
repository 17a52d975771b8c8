/**
 * @file tanh and the logistic sigmoid of four float32.
 *
 * Method   tanh: the rational function x P(x²) / Q(x²), degrees 13 and 6, of Eigen on |x| <= 7.9, beyond which float32
 *          knows only ±1; sigmoid: 1 / (1 + e^-x)
 * Error    4 ulp (math.test.ts); sigmoid is 0 below -88.7, where the exact value is under 4e-39
 */
import { exp } from './exp.js';
import { polynomial } from './polynomial.js';
import { inline, type VectorFunction } from './vectorFunction.js';

const numerator = [
  -2.76076847742355e-16, 2.00018790482477e-13, -8.60467152213735e-11, 5.12229709037114e-8,
  1.48572235717979e-5, 6.37261928875436e-4, 4.89352455891786e-3,
];
const denominator = [1.19825839466702e-6, 1.18534705686654e-4, 2.268434632439e-3, 4.89352518554385e-3];

export const tanh: VectorFunction = {
  name: 'tanh',
  arity: 1,
  emit: (code, x) => {
    const [bounded, square] = [code.local('v128'), code.local('v128')];
    code
      .get(x)
      .f32x4(-7.90531110763549805)
      .op('f32x4.max')
      .f32x4(7.90531110763549805)
      .op('f32x4.min')
      .tee(bounded);
    code.get(bounded).op('f32x4.mul').set(square);
    polynomial(code, square, numerator).get(bounded).op('f32x4.mul');
    polynomial(code, square, denominator).op('f32x4.div');
    // The quotient of tiny numbers is off by an ulp or two, and loses the sign of 0
    code.get(x);
    code.get(x).op('f32x4.abs').f32x4(4e-4).op('f32x4.ge').op('v128.bitselect');
  },
};

export const sigmoid: VectorFunction = {
  name: 'sigmoid',
  arity: 1,
  emit: (code, x) => {
    inline(code.f32x4(1).f32x4(1).get(x).op('f32x4.neg'), exp).op('f32x4.add', 'f32x4.div');
  },
};
