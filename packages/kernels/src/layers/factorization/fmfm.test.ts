import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { countParameters } from '../parameters.js';
import { runLayer } from '../testing/runLayer.js';
import { bilinearInteractionSpec } from './bilinearInteraction.js';
import { type FmfmConfig, fmfmSpec } from './fmfm.js';
import { fwfmSpec } from './fwfm.js';
import { startMoments } from './testing/startMoments.js';

const { contraction } = tolerances.float64;
const pairsOnly: Partial<FmfmConfig> = { useLinear: false, useBias: false };
const [fields, dimension, pairs] = [4, 3, 6];
const x = testRandom(2).normals(fields * dimension);
const matrices = testRandom(3).normals(pairs * dimension ** 2);

const run = (config: Partial<FmfmConfig>, pairWeights: ArrayLike<number>) =>
  runLayer(fmfmSpec, {
    config: { ...pairsOnly, ...config },
    inputShapes: [[fields, dimension]],
    inputs: [x],
    parameters: { pairWeights },
  });

/** Matrices of all pairs from a rule for their entries. */
const fill = (entry: (pair: number, row: number, column: number) => number) =>
  Float64Array.from({ length: pairs * dimension ** 2 }, (_, at) =>
    entry(Math.floor(at / dimension ** 2), Math.floor((at % dimension ** 2) / dimension), at % dimension),
  );

describe('fmfm', () => {
  it('computes the hand-worked example: ⟨[1, 2] W, [3, 4]⟩ = ⟨[3, 4], [3, 4]⟩ = 25', () => {
    const y = runLayer(fmfmSpec, {
      config: pairsOnly,
      inputShapes: [[2, 2]],
      inputs: [[1, 2, 3, 4]],
      parameters: { pairWeights: [1, 0, 1, 2] },
    });
    expect(y).toEqual([25]);
  });

  it('with W = r·1 is fwfm with weights r, and so is the vector r', () => {
    const r = testRandom(4).normals(pairs);
    const expected = runLayer(fwfmSpec, {
      config: { useLinear: false, useBias: false },
      inputShapes: [[fields, dimension]],
      inputs: [x],
      parameters: { pairWeights: r },
    });
    expectClose(
      run(
        {},
        fill((pair, row, column) => (row === column ? r[pair] : 0)),
      ),
      expected,
      contraction(60),
    );
    const vectors = Float64Array.from(
      { length: pairs * dimension },
      (_, at) => r[Math.floor(at / dimension)],
    );
    expectClose(run({ pairForm: 'vector' }, vectors), expected, contraction(60));
  });

  it("with pairForm 'symmetric' is the machine of W + Wᵀ", () => {
    const symmetric = fill((pair, row, column) => {
      const base = pair * dimension ** 2;
      return matrices[base + row * dimension + column] + matrices[base + column * dimension + row];
    });
    expectClose(run({ pairForm: 'symmetric' }, matrices), run({}, symmetric), contraction(60));
  });

  it('is the sum of the inner bilinear interactions of its pairs', () => {
    const each = runLayer(bilinearInteractionSpec, {
      config: { type: 'interaction', product: 'inner' },
      inputShapes: [[fields, dimension]],
      inputs: [x],
      parameters: { kernel: matrices },
    });
    expectClose(run({}, matrices), [each.reduce((total, value) => total + value, 0)], contraction(60));
  });

  it('has unit variance at its start', () => {
    for (const pairForm of ['matrix', 'symmetric', 'vector'] as const)
      for (const useLinear of [true, false])
        expectClose(startMoments(fmfmSpec, { pairForm, useLinear }, [3, 2]), [1], contraction(64));
  });

  it('counts the parameters of the docstring', () => {
    expect(countParameters(fmfmSpec, pairsOnly, [[26, 16]])).toBe(83_200);
    expect(countParameters(fmfmSpec, { ...pairsOnly, pairForm: 'vector' }, [[26, 16]])).toBe(5_200);
  });

  it('rejects an unknown pairForm and one field', () => {
    const reject = (config: object, shape: number[]) => () =>
      runLayer(fmfmSpec, { config, inputShapes: [shape], inputs: [] });
    expect(reject({ pairForm: 'scalar' }, [3, 2])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: fmfm expected pairForm to be one of 'matrix', 'symmetric', 'vector', got 'scalar'.

      Fix: check the spelling of the value]
    `);
    expect(reject({}, [1, 2])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: fmfm expected 2 or more fields of dimension 1 or more, as [batch, ..., fields, dimension], got [batch, 1, 2].

      Fix: stack one embedding per field along the axis before the last]
    `);
  });
});
