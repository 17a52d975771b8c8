import { constant, interpretNodes } from '@polyneuron/graph';
import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, it } from 'vitest';
import { polarAngle } from './polarAngle.js';

function angles(points: readonly (readonly [number, number])[]): Float64Array {
  const part = (at: 0 | 1) =>
    constant(
      points.map((point) => point[at]),
      [points.length],
    );
  return interpretNodes([polarAngle(part(0), part(1))])[0];
}

describe('polarAngle', () => {
  it('is atan2 in every direction and at every size', () => {
    const directions = Array.from({ length: 720 }, (_, at) => ((at + 0.5) * Math.PI) / 360 - Math.PI);
    const sizes = testRandom(1).uniforms(720, -30, 30);
    const points = directions.map((angle, at): [number, number] => {
      const size = 10 ** sizes[at];
      return [size * Math.cos(angle), size * Math.sin(angle)];
    });
    const expected = points.map(([re, im]) => Math.atan2(im, re));
    expectClose(angles(points), expected, tolerances.float64.transcendental);
  });

  it('is atan2 on the axes, with π on the negative one', () => {
    const points = [
      [1, 0],
      [0, 1],
      [0, -1],
      [-1, 0],
      [-1, 1e-300],
      [-1, -1e-300],
    ] as const;
    const expected = [0, Math.PI / 2, -Math.PI / 2, Math.PI, Math.PI, -Math.PI];
    expectClose(angles(points), expected, tolerances.float64.transcendental);
  });

  it('keeps the relative accuracy of small angles', () => {
    const points = [1e-3, 1e-8, 1e-150].map((im) => [1, im] as const);
    const expected = [Math.atan(1e-3), 1e-8, 1e-150];
    Array.from(angles(points)).forEach((angle, at) =>
      expectClose(angle / expected[at], 1, tolerances.float64.transcendental),
    );
  });
});
