import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { createParameters } from '../parameters.js';
import { layerFunction } from '../testing/layerFunction.js';
import { runLayer } from '../testing/runLayer.js';
import { reZeroSpec } from './reZero.js';

const inputs = [
  [1, 2],
  [10, 20],
];

describe('reZero', () => {
  it('computes the hand-worked example, with one alpha and with one for each feature', () => {
    const run = (config: object, alpha: number[]) =>
      runLayer(reZeroSpec, { config, inputShapes: [[2], [2]], inputs, parameters: { alpha } });
    expect(run({}, [0.5])).toEqual([6, 12]);
    expect(run({ perFeature: true }, [0.5, -1])).toEqual([6, -18]);
    const alone = { config: {}, inputShapes: [[2]], inputs: [[1, 2]], parameters: { alpha: [3] } };
    expect(runLayer(reZeroSpec, alone)).toEqual([3, 6]);
  });

  it('starts as the identity, bit for bit, even where the branch is huge', () => {
    const x = Array.from(testRandom(1).normals(6));
    const parameters = createParameters(reZeroSpec, {}, [[3], [3]], 1);
    const branch = x.map((value) => value * 1e300);
    const run = { config: {}, batch: 2, inputShapes: [[3], [3]], inputs: [x, branch], parameters };
    expect(runLayer(reZeroSpec, run)).toEqual(x);
  });

  it('at the start moves alpha and not the branch', () => {
    const f = layerFunction(reZeroSpec, {}, { batch: 1, inputShapes: [[2], [2]] });
    const gradient = f.gradient(Float64Array.of(1, 2, 10, 20, 0));
    expectClose(gradient.slice(2, 4), [0, 0], tolerances.float64.exact);
    expect(gradient[4]).not.toBe(0);
  });

  it('rejects a branch of another shape, and an alpha that is not finite', () => {
    const run = (config: object, inputShapes: number[][]) => () =>
      runLayer(reZeroSpec, { config, inputShapes, inputs: [] });
    expect(run({}, [[2], [3]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: reZero expected inputs [x, branch] of one shape with rank 2 or more, or one input, got [batch, 2] and [batch, 3].

      Fix: give the branch as many outputs as the block has inputs]
    `);
    expect(run({}, [])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: reZero expected inputs [x, branch] of one shape with rank 2 or more, or one input, got none.

      Fix: give the branch as many outputs as the block has inputs]
    `);
    expect(run({ initialAlpha: Number.NaN }, [[2]])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: reZero expected initialAlpha to be a finite number, got NaN.

      Fix: pass 0, or a small number]
    `);
  });
});
