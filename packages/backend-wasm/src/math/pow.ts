/**
 * @file a^b of four float32.
 *
 * Method   in float64, two lanes at a time: e^(b ln |a|); ln by the series of artanh on [√½, √2), e^ by its Taylor
 *          series after reduction by ln 2; then the sign of a negative base under a whole exponent
 * Error    1 ulp (math.test.ts)
 */
import type { Code, Local } from '../assembler/code.js';
import { polynomial64 } from './polynomial.js';
import type { VectorFunction } from './vectorFunction.js';

/** 1/15, 1/13, ..., 1/3, 1 */
const artanh = [15, 13, 11, 9, 7, 5, 3, 1].map((odd) => 1 / odd);
/** 1/12!, ..., 1/1!, 1/0! */
const taylor = Array.from({ length: 13 }, (_, k) => 12 - k).map((k) =>
  Array.from({ length: k }, (_, i) => i + 1).reduce((product, i) => product / i, 1),
);

/** |a|^b of the low lanes, as the low lanes of a float32 vector; |a| is positive and finite. */
function half(code: Code, a: Local, b: Local): void {
  const [wide, exponent, mantissa, s, square, y, n, r] = Array.from({ length: 8 }, () => code.local('v128'));
  code.get(a).op('f64x2.promote_low_f32x4').set(wide);
  // Float32 values, subnormals too, are normal in float64: bits 52 to 62 of each lane, in 32-bit lanes 1 and 3
  const high = code.local('v128');
  code.get(wide).get(wide).shuffle32(1, 3, 1, 3).set(high);
  code
    .get(high)
    .i32(20)
    .op('i32x4.shr_u')
    .i32x4(1023)
    .op('i32x4.sub', 'f64x2.convert_low_i32x4_s')
    .set(exponent);
  code
    .get(wide)
    .i32x4(-1, 0x000fffff, -1, 0x000fffff)
    .op('v128.and')
    .i32x4(0, 0x3ff00000, 0, 0x3ff00000)
    .op('v128.or')
    .set(mantissa);
  const isAbove = code.local('v128');
  code.get(mantissa).f64x2(Math.SQRT2).op('f64x2.gt').set(isAbove);
  code.get(mantissa).f64x2(0.5).op('f64x2.mul').get(mantissa).get(isAbove).op('v128.bitselect').set(mantissa);
  code.get(exponent).get(isAbove).f64x2(1).op('v128.and', 'f64x2.add').set(exponent);
  code.get(mantissa).f64x2(1).op('f64x2.sub').get(mantissa).f64x2(1).op('f64x2.add', 'f64x2.div').set(s);
  code.get(s).get(s).op('f64x2.mul').set(square);
  polynomial64(code, square, artanh).get(s).op('f64x2.mul').f64x2(2).op('f64x2.mul');
  code
    .get(exponent)
    .f64x2(Math.LN2)
    .op('f64x2.mul', 'f64x2.add')
    .get(b)
    .op('f64x2.promote_low_f32x4', 'f64x2.mul');
  code.f64x2(-110).op('f64x2.max').f64x2(95).op('f64x2.min').set(y);
  code.get(y).f64x2(Math.LOG2E).op('f64x2.mul', 'f64x2.nearest').set(n);
  code.get(y).get(n).f64x2(Math.LN2).op('f64x2.mul', 'f64x2.sub').set(r);
  polynomial64(code, r, taylor);
  // 2^n is a normal float64: its exponent field is n + 1023, in the high halves
  code.get(n).op('i32x4.trunc_sat_f64x2_s_zero').i32x4(1023).op('i32x4.add').i32(20).op('i32x4.shl');
  const power = code.local('v128');
  code.set(power).i32x4(0).get(power).shuffle32(0, 4, 0, 5).op('f64x2.mul', 'f32x4.demote_f64x2_zero');
}

export const pow: VectorFunction = {
  name: 'pow',
  arity: 2,
  emit: (code, a, b) => {
    const [base, exponent, low, value, isOdd, isWhole] = Array.from({ length: 6 }, () => code.local('v128'));
    const choose = (condition: () => void, then: () => void) => {
      then();
      code.get(value);
      condition();
      code.op('v128.bitselect').set(value);
    };
    code.get(a).op('f32x4.abs').set(base);
    code.get(b).set(exponent);
    half(code, base, exponent);
    code
      .set(low)
      .get(base)
      .get(base)
      .shuffle32(2, 3, 2, 3)
      .set(base)
      .get(exponent)
      .get(exponent)
      .shuffle32(2, 3, 2, 3)
      .set(exponent);
    half(code, base, exponent);
    const high = code.local('v128');
    code.set(high).get(low).get(high).shuffle32(0, 1, 4, 5).set(value);
    code.get(a).op('f32x4.abs').set(base);
    code.get(b).op('f32x4.trunc').get(b).op('f32x4.eq').set(isWhole);
    // A negative base needs a whole exponent
    choose(
      () => code.get(a).f32x4(0).op('f32x4.lt').get(isWhole).op('v128.andnot'),
      () => code.f32x4(Number.NaN),
    );
    // |a| of 0 or ∞: 0 or ∞ by the sign of b
    choose(
      () => code.get(base).f32x4(0).op('f32x4.eq'),
      () => code.f32x4(0).f32x4(Number.POSITIVE_INFINITY).get(b).f32x4(0).op('f32x4.gt', 'v128.bitselect'),
    );
    choose(
      () => code.get(base).f32x4(Number.POSITIVE_INFINITY).op('f32x4.eq'),
      () => code.f32x4(Number.POSITIVE_INFINITY).f32x4(0).get(b).f32x4(0).op('f32x4.gt', 'v128.bitselect'),
    );
    // and takes the sign of its parity
    code
      .get(b)
      .f32x4(0.5)
      .op('f32x4.mul', 'f32x4.trunc')
      .f32x4(2)
      .op('f32x4.mul')
      .get(b)
      .op('f32x4.ne')
      .get(isWhole)
      .op('v128.and')
      .set(isOdd);
    code.get(value).get(a).get(isOdd).op('v128.and').i32x4(-0x80000000).op('v128.and', 'v128.xor').set(value);
    choose(
      () => code.get(a).get(a).op('f32x4.ne').get(b).get(b).op('f32x4.ne', 'v128.or'),
      () => code.f32x4(Number.NaN),
    );
    choose(
      () => code.get(b).f32x4(0).op('f32x4.eq'),
      () => code.f32x4(1),
    );
    code.get(value);
  },
};
