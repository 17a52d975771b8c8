import { describe, expect, it } from 'vitest';
import { expectClose } from './expectClose.js';
import { testRandom } from './testRandom.js';
import { tolerances } from './tolerances.js';

describe('tolerances', () => {
  it.each([1, 10, 100, 1000, 10_000])(
    'contraction(%d) covers a float32 dot product and no dropped term',
    (depth) => {
      const random = testRandom(depth);
      const [a, b] = [random.normals(depth), random.normals(depth)].map((values) =>
        Float32Array.from(values),
      );
      let [single, double] = [0, 0];
      for (let at = 0; at < depth; at++) {
        single = Math.fround(single + Math.fround(a[at] * b[at]));
        double += a[at] * b[at];
      }
      const tolerance = tolerances.float32.contraction(depth);
      expectClose(single, double, tolerance);
      expect(() => expectClose(single + 0.5, double, tolerance)).toThrow();
    },
  );

  it('grows from kind to kind', () => {
    for (const { exact, elementwise, transcendental, gradient, secondDerivative } of Object.values(
      tolerances,
    )) {
      const ordered = [exact, elementwise, transcendental, gradient, secondDerivative].map(
        ({ rtol }) => rtol,
      );
      expect(ordered).toEqual([...ordered].sort((p, q) => p - q));
    }
  });
});
