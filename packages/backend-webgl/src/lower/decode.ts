import { sizeOf } from '@polyneuron/graph';
import { quotient } from '../glsl/quotient.js';
import type { Shader } from '../glsl/shader.js';
import type { Coordinate } from './emitStatements.js';

/**
 * Coordinates of the four elements from `first` on, of results that lie row by row: ints and one lane where a texel
 * never crosses a row, else ivec4.
 */
export function decodeCoordinates(shader: Shader, extents: readonly number[], first = 'first'): Coordinate[] {
  const last = extents.length - 1;
  if (last < 0) return [];
  const { width, layers } = shader.layout;
  if (first === 'first' && last > 0 && layers === 1 && 4 * width === extents[last]) {
    // Rows of the texture are rows of the results
    const lane = { kind: 'lane', name: shader.define('int', 'place.x << 2', 'c') } as const;
    return [...decodeOne(shader, extents.slice(0, -1), 'place.y'), lane];
  }
  const isLane = last === 0 || extents[last] % 4 === 0;
  const names = isLane
    ? divide(shader, extents, first, 'int')
    : divide(shader, extents, shader.define('ivec4', `${first} + ivec4(0, 1, 2, 3)`, 'i'), 'ivec4');
  return names.map((name, axis) => ({
    kind: !isLane ? 'vector' : axis === last ? 'lane' : 'scalar',
    name,
  }));
}

/** Coordinates of one element. */
export function decodeOne(shader: Shader, extents: readonly number[], element: string): Coordinate[] {
  return divide(shader, extents, element, 'int').map((name) => ({ kind: 'scalar', name }));
}

function divide(
  shader: Shader,
  extents: readonly number[],
  element: string,
  type: 'int' | 'ivec4',
): string[] {
  const names: string[] = [];
  let rest = element;
  // Textures are up to twice as large as what they hold
  let bound = 2 * sizeOf(extents) + 4;
  for (let axis = extents.length - 1; axis > 0; axis--) {
    const extent = extents[axis];
    const above = shader.define(type, quotient(type, rest, extent, bound), 'r');
    names.unshift(shader.define(type, `${rest} - ${above} * ${extent}`, 'c'));
    rest = above;
    bound /= extent;
  }
  return extents.length === 0 ? [] : [rest, ...names];
}
