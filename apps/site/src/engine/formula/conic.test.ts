import { describe, expect, it } from 'vitest';
import { conicOf } from './conic.js';

/** a x² + b x y + c y² + d x + e y + g */
function conic(a: number, b: number, c: number, d: number, e: number, g: number) {
  const exponents = [
    [2, 0],
    [1, 1],
    [0, 2],
    [1, 0],
    [0, 1],
    [0, 0],
  ];
  const terms = [a, b, c, d, e, g].map((coefficient, at) => ({ coefficient, exponents: exponents[at] }));
  return conicOf(terms.filter(({ coefficient }) => coefficient !== 0));
}

describe('conicOf', () => {
  it.each([
    ['a circle', [1, 0, 1, -2, 0, -3], 'circle'],
    ['nearly a circle', [14.6, 0, 14.3, 0, 0, -3.8], 'nearly a circle'],
    ['an ellipse', [1, 0, 4, 0, 0, -4], 'ellipse'],
    ['a hyperbola', [1, 0, -1, 0, 0, -1], 'hyperbola'],
    ['x y = 0', [0, 1, 0, 0, 0, 0], 'two crossing lines'],
    ['a parabola', [1, 0, 0, 0, -1, 0], 'parabola'],
    ['a line', [0, 0, 0, 1, 2, 3], 'straight line'],
    ['one point', [1, 0, 1, 0, 0, 0], 'a single point'],
    ['nothing', [1, 0, 1, 0, 0, 1], 'no curve: the same sign everywhere'],
  ] as const)('names %s', (_, [a, b, c, d, e, g], name) => {
    expect(conic(a, b, c, d, e, g)?.name).toBe(name);
  });

  it('finds center, half axes and direction of (x - 1)² / 9 + (y + 2)² / 4 = 1 turned by 30 degrees', () => {
    const [cos, sin] = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)];
    // u = cos (x - 1) + sin (y + 2), v = -sin (x - 1) + cos (y + 2); u² / 9 + v² / 4 - 1
    const a = cos ** 2 / 9 + sin ** 2 / 4;
    const b = 2 * cos * sin * (1 / 9 - 1 / 4);
    const c = sin ** 2 / 9 + cos ** 2 / 4;
    const [d, e] = [-2 * a + 2 * b, -b + 4 * c];
    const found = conic(a, b, c, d, e, a - 2 * b + 4 * c - 1);
    expect(found?.name).toBe('ellipse');
    expect(found?.center?.[0]).toBeCloseTo(1, 12);
    expect(found?.center?.[1]).toBeCloseTo(-2, 12);
    // The short half axis has the larger eigenvalue and comes first
    expect(found?.radii?.[0]).toBeCloseTo(2, 12);
    expect(found?.radii?.[1]).toBeCloseTo(3, 12);
    expect(Math.cos(2 * ((found?.angle ?? 0) - Math.PI / 6 - Math.PI / 2))).toBeCloseTo(1, 12);
  });

  it('has nothing to say about a constant', () => {
    expect(conic(0, 0, 0, 0, 0, 1)).toBeUndefined();
  });
});
