import { glslFloat } from './functions.js';

/** Below this the product with the reciprocal gives the exact quotient. */
const exactBelow = 2 ** 22;

/**
 * ⌊dividend / divisor⌋ for 0 <= dividend < bound, of an int or an ivec4. Processors have no division of integer
 * vectors: SwiftShader divides lane by lane.
 *
 * Numerics (d + ½) / c lies at least ½/c off the next integer; the roundings of 1/c and of the product move it by less
 * than 2^-23 (d + ½) / c, hence d < 2^22 is safe.
 */
export function quotient(type: 'int' | 'ivec4', dividend: string, divisor: number, bound: number): string {
  const shift = Math.log2(divisor);
  if (Number.isInteger(shift)) return shift === 0 ? dividend : `(${dividend}) >> ${shift}`;
  if (bound > exactBelow) return `(${dividend}) / ${divisor}`;
  const float = type === 'int' ? 'float' : 'vec4';
  return `${type}((${float}(${dividend}) + 0.5) * ${glslFloat(1 / divisor)})`;
}
