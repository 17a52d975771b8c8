import type { Code, Local } from '../assembler/code.js';

/** Leaves c0 xⁿ + c1 xⁿ⁻¹ + ... + cn on the stack, by Horner's rule. */
export function polynomial(code: Code, x: Local, [first, ...rest]: readonly number[]): Code {
  code.f32x4(first);
  for (const coefficient of rest) code.get(x).op('f32x4.mul').f32x4(coefficient).op('f32x4.add');
  return code;
}

/** The same on two float64. */
export function polynomial64(code: Code, x: Local, [first, ...rest]: readonly number[]): Code {
  code.f64x2(first);
  for (const coefficient of rest) code.get(x).op('f64x2.mul').f64x2(coefficient).op('f64x2.add');
  return code;
}
