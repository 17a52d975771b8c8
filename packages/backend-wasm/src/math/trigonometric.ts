/**
 * @file sin and cos of four float32.
 *
 * Method   in float64, two lanes at a time: x = n π/2 + r with π/2 in two parts, then the polynomial of Cephes (sin,
 *          cos) chosen by n mod 4
 * Error    1 ulp for |x| < 2^27; beyond it the reduction loses accuracy, and from 2^31 on the result is meaningless
 */
import type { Code, Local } from '../assembler/code.js';
import { polynomial64 } from './polynomial.js';
import type { VectorFunction } from './vectorFunction.js';

const sinPolynomial = [
  1.5896230157654656806e-10, -2.50507477628578072866e-8, 2.75573136213857245213e-6,
  -1.98412698295895385996e-4, 8.33333333332211858878e-3, -1.66666666666666307295e-1,
];
const cosPolynomial = [
  -1.135853652138768173e-11, 2.08757008419747316778e-9, -2.75573141792967388112e-7, 2.48015872888517045348e-5,
  -1.38888888888730564116e-3, 4.16666666666665929218e-2,
];

/** Two results, as the low lanes of a float32 vector, from the low lanes of `x`. */
function half(code: Code, x: Local, quarter: number): void {
  const [wide, n, r, square, quadrant, sine, cosine] = Array.from({ length: 7 }, () => code.local('v128'));
  code
    .get(x)
    .op('f64x2.promote_low_f32x4')
    .tee(wide)
    .f64x2(2 / Math.PI)
    .op('f64x2.mul', 'f64x2.nearest')
    .set(n);
  // π/2 = 1.5707963267341256 (33 bits) + 6.077100506506192e-11 + ...
  code
    .get(wide)
    .get(n)
    .f64x2(1.5707963267341256)
    .op('f64x2.mul', 'f64x2.sub')
    .get(n)
    .f64x2(6.077100506506192e-11)
    .op('f64x2.mul', 'f64x2.sub')
    .set(r);
  code.get(r).get(r).op('f64x2.mul').set(square);
  polynomial64(code, square, sinPolynomial)
    .get(square)
    .op('f64x2.mul')
    .get(r)
    .op('f64x2.mul')
    .get(r)
    .op('f64x2.add', 'f32x4.demote_f64x2_zero')
    .set(sine);
  polynomial64(code, square, cosPolynomial).get(square).op('f64x2.mul').get(square).op('f64x2.mul');
  code
    .f64x2(1)
    .get(square)
    .f64x2(0.5)
    .op('f64x2.mul', 'f64x2.sub', 'f64x2.add', 'f32x4.demote_f64x2_zero')
    .set(cosine);
  code.get(n).op('i32x4.trunc_sat_f64x2_s_zero').i32x4(quarter).op('i32x4.add').set(quadrant);
  // Odd quadrants take the cosine, quadrants 2 and 3 the other sign
  code.get(cosine).get(sine).i32x4(0).get(quadrant).i32x4(1).op('v128.and', 'i32x4.sub', 'v128.bitselect');
  code.get(quadrant).i32x4(2).op('v128.and').i32(30).op('i32x4.shl', 'v128.xor');
}

function circular(name: string, quarter: number): VectorFunction {
  return {
    name,
    arity: 1,
    emit: (code, x) => {
      const [low, high] = [code.local('v128'), code.local('v128')];
      half(code, x, quarter);
      code.set(low).get(x).get(x).shuffle32(2, 3, 2, 3).set(x);
      half(code, x, quarter);
      code.set(high).get(low).get(high).shuffle32(0, 1, 4, 5);
    },
  };
}

export const sin = circular('sin', 0);
/** cos x = sin(x + π/2) */
export const cos = circular('cos', 1);
