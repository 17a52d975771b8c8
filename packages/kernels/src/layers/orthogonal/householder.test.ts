import { expectClose, expectMultilinear, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { createParameters } from '../parameters.js';
import { layerFunction } from '../testing/layerFunction.js';
import { runLayer } from '../testing/runLayer.js';
import { householderSpec } from './householder.js';

const bound = tolerances.float64.contraction(8);

function reflect(x: ArrayLike<number>, normals: ArrayLike<number>, features: number): number[] {
  const reflections = normals.length / features;
  return runLayer(householderSpec, {
    config: { reflections },
    batch: x.length / features,
    inputShapes: [[features]],
    inputs: [x],
    parameters: { normals },
  });
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, at) => sum + value * b[at], 0);

describe('householder', () => {
  it('computes the hand-worked examples', () => {
    expect(reflect([3, 4], [1, 0], 2)).toEqual([-3, 4]);
    // In the plane x = y the coordinates change places.
    expect(reflect([3, 4], [1, -1], 2)).toEqual([4, 3]);
    // In one dimension every normal turns the sign.
    expect(reflect([5], [0.25], 1)).toEqual([-5]);
  });

  it('turns the normal around and leaves the hyperplane alone', () => {
    const normal = [1, 2, 2];
    expectClose(reflect(normal, normal, 3), [-1, -2, -2], bound);
    expectClose(reflect([2, -1, 0], normal, 3), [2, -1, 0], bound);
  });

  it('is its own inverse, keeps inner products, and does not depend on the length of the normal', () => {
    const random = testRandom(1);
    const [x, y, normal] = [random.normals(4), random.normals(4), random.normals(4)];
    const once = reflect(x, normal, 4);
    expectClose(reflect(once, normal, 4), x, bound);
    expectClose(dot(once, reflect(y, normal, 4)), dot(x, y), bound);
    for (const c of [-3, 1e-100, 1e100])
      expectClose(
        reflect(
          x,
          normal.map((value) => c * value),
          4,
        ),
        once,
        bound,
      );
  });

  it.each([1, 2, 3])('is an orthogonal map of determinant (-1)^k for k = %d', (k) => {
    const normals = testRandom(k).normals(3 * k);
    const identity = [1, 0, 0, 0, 1, 0, 0, 0, 1];
    const rows = reflect(identity, normals, 3);
    const at = (i: number) => rows.slice(3 * i, 3 * i + 3);
    const products = [0, 1, 2].flatMap((i) => [0, 1, 2].map((j) => dot(at(i), at(j))));
    expectClose(products, identity, bound);
    const [a, b, c] = [at(0), at(1), at(2)];
    const cross = [b[1] * c[2] - b[2] * c[1], b[2] * c[0] - b[0] * c[2], b[0] * c[1] - b[1] * c[0]];
    expectClose(dot(a, cross), (-1) ** k, bound);
  });

  it('applies the first normal first', () => {
    const [first, second] = [
      [1, 0],
      [1, 1],
    ];
    expectClose(
      reflect([3, 4], [...first, ...second], 2),
      reflect(reflect([3, 4], first, 2), second, 2),
      bound,
    );
  });

  it('is linear in x', () => {
    const normals = testRandom(5).normals(8);
    expectMultilinear((x) => reflect(x, normals, 4), { dimensions: [4] });
  });

  it('is the identity at a zero normal, with finite derivatives', () => {
    expect(reflect([3, 4], [0, 0], 2)).toEqual([3, 4]);
    const f = layerFunction(householderSpec, {}, { batch: 1, inputShapes: [[2]] });
    const vector = Float64Array.of(3, 4, 0, 0);
    expect(Array.from(f.gradient(vector)).every(Number.isFinite)).toBe(true);
    expect(Array.from(f.hessianProduct(vector, Float64Array.of(1, 1, 1, 1))).every(Number.isFinite)).toBe(
      true,
    );
  });

  it('draws normals at random', () => {
    const { normals } = createParameters(householderSpec, { reflections: 2 }, [[3]], 1);
    expect(new Set(normals).size).toBe(6);
  });

  it('rejects less than one reflection', () => {
    expect(() =>
      runLayer(householderSpec, { config: { reflections: 0 }, inputShapes: [[3]], inputs: [] }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: householder expected reflections to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
  });
});
