import { expectClose, expectDegree, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { runLayer } from '../testing/runLayer.js';
import { biInteractionSpec } from './biInteraction.js';
import { type FfmConfig, ffmSpec } from './ffm.js';
import { signMoments } from './testing/signMoments.js';

const ffm = (shape: readonly number[], x: ArrayLike<number>, config: Partial<FfmConfig> = {}) =>
  runLayer(ffmSpec, { config, inputShapes: [shape], inputs: [x] });

describe('ffm', () => {
  it('computes the hand-worked example: 1·3 + 2·5 + 4·6 = 37', () => {
    expect(ffm([3, 2], [1, 2, 3, 4, 5, 6])).toEqual([37]);
  });

  it('with the same vector for every other field is the factorization machine of the fields', () => {
    const [fields, length] = [5, 2];
    const v = testRandom(1).normals(fields * length);
    const repeated = Array.from({ length: fields }, (_, i) =>
      new Array(fields - 1).fill([v[2 * i], v[2 * i + 1]]).flat(),
    ).flat();
    const pooled = runLayer(biInteractionSpec, { config: {}, inputShapes: [[fields, length]], inputs: [v] });
    const { contraction } = tolerances.float64;
    expectClose(ffm([fields, 8], repeated), [pooled[0] + pooled[1]], contraction(20));
  });

  it('is affine in each vector alone', () => {
    const x = testRandom(3).normals(12);
    for (let vector = 0; vector < 6; vector++) {
      const f = (values: Float64Array) =>
        ffm(
          [3, 4],
          x.map((value, at) => (Math.floor(at / 2) === vector ? values[at % 2] : value)),
        );
      expectDegree(f, { degree: 1, dimension: 2 });
    }
  });

  it('has unit variance with isScaled', () => {
    for (const shape of [
      [3, 2],
      [2, 3],
      [4, 3],
    ])
      expectClose(signMoments(ffmSpec, { isScaled: true }, shape), [1], tolerances.float64.contraction(4096));
  });

  it('rejects one field, and vectors that do not share the last axis evenly', () => {
    const run = (shape: number[]) => () => ffm(shape, []);
    expect(run([1, 4])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: ffm expected 2 or more fields of dimension 1 or more, as [batch, ..., fields, dimension], got [batch, 1, 4].

      Fix: stack one embedding per field along the axis before the last]
    `);
    expect(run([4, 5])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: ffm expected a last axis that is a multiple of 3, one vector for each other field, got [batch, 4, 5].

      Fix: embed each of the 4 fields with dimension 3·k]
    `);
  });
});
