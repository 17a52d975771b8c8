import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { countParameters, createParameters } from '../parameters.js';
import { runLayer } from '../testing/runLayer.js';
import { biInteractionSpec } from './biInteraction.js';
import { type FwfmConfig, fwfmSpec } from './fwfm.js';
import { startMoments } from './testing/startMoments.js';

const { contraction } = tolerances.float64;
const pairsOnly: Partial<FwfmConfig> = { useLinear: false, useBias: false };

function fwfm(
  config: Partial<FwfmConfig>,
  shape: readonly number[],
  x: ArrayLike<number>,
  parameters: Record<string, ArrayLike<number>>,
): number[] {
  return runLayer(fwfmSpec, { config, inputShapes: [shape], inputs: [x], parameters });
}

describe('fwfm', () => {
  it('computes the hand-worked example: 2 (1·3 + 2·4) = 22', () => {
    expect(fwfm(pairsOnly, [2, 2], [1, 2, 3, 4], { pairWeights: [2] })).toEqual([22]);
  });

  it('takes the pairs in the order (0, 1), (0, 2), (1, 2)', () => {
    const x = [1, 10, 100];
    expect(fwfm(pairsOnly, [3, 1], x, { pairWeights: [1, 0, 0] })).toEqual([10]);
    expect(fwfm(pairsOnly, [3, 1], x, { pairWeights: [0, 1, 0] })).toEqual([100]);
    expect(fwfm(pairsOnly, [3, 1], x, { pairWeights: [0, 0, 1] })).toEqual([1000]);
  });

  it('with weights of 1 is the factorization machine of the fields', () => {
    const x = testRandom(2).normals(15);
    const pooled = runLayer(biInteractionSpec, { config: {}, inputShapes: [[5, 3]], inputs: [x] });
    const y = fwfm(pairsOnly, [5, 3], x, { pairWeights: new Array<number>(10).fill(1) });
    expectClose(y, [pooled[0] + pooled[1] + pooled[2]], contraction(30));
  });

  it("begins as its linear part with start 'linear'", () => {
    const parameters = createParameters(fwfmSpec, { start: 'linear' }, [[3, 2]], 1);
    const x = testRandom(3).normals(6);
    const expected = x.reduce((total, value, at) => total + value * parameters.linear[at], 0);
    expectClose(fwfm({ start: 'linear' }, [3, 2], x, parameters), [expected], contraction(6));
    expect(parameters.pairWeights.every((value) => value === 0)).toBe(true);
  });

  it('has unit variance at its start', () => {
    for (const config of [{}, { useLinear: false }, { start: 'linear' } as const])
      expectClose(startMoments(fwfmSpec, config, [3, 2]), [1], contraction(64));
  });

  it('has F (F - 1) / 2 + F D + 1 parameters', () => {
    expect(countParameters(fwfmSpec, {}, [[26, 16]])).toBe(325 + 416 + 1);
    expect(countParameters(fwfmSpec, pairsOnly, [[26, 16]])).toBe(325);
  });

  it('rejects one field, a matrix, an unknown start, and a linear start without linear part', () => {
    const run = (config: object, shape: number[]) => () =>
      runLayer(fwfmSpec, { config, inputShapes: [shape], inputs: [] });
    expect(run({}, [1, 4])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: fwfm expected 2 or more fields of dimension 1 or more, as [batch, ..., fields, dimension], got [batch, 1, 4].

      Fix: stack one embedding per field along the axis before the last]
    `);
    expect(run({}, [4])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: fwfm expected one input of rank 3 or more, got [batch, 4].

      Fix: reshape the input]
    `);
    expect(run({}, [3, 0])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: fwfm expected 2 or more fields of dimension 1 or more, as [batch, ..., fields, dimension], got [batch, 3, 0].

      Fix: stack one embedding per field along the axis before the last]
    `);
    expect(run({ start: 'zeros' }, [3, 2])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: fwfm expected start to be one of 'calibrated', 'linear', got 'zeros'.

      Fix: check the spelling of the value]
    `);
    expect(run({ start: 'linear', useLinear: false }, [3, 2])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: fwfm expected useLinear: true with start 'linear', which begins as the linear part alone, got useLinear: false.

      Fix: pass start: 'calibrated', or keep the linear part]
    `);
  });
});
