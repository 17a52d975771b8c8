import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { initializers } from '../../initializers/initializer.js';
import { countParameters, createParameters } from '../parameters.js';
import { runLayer } from '../testing/runLayer.js';
import {
  type BilinearInteractionConfig,
  type BilinearType,
  bilinearInteractionSpec,
} from './bilinearInteraction.js';
import { fieldPairs } from './fieldPairs.js';
import { startMoments } from './testing/startMoments.js';

const { contraction } = tolerances.float64;
const types: readonly BilinearType[] = ['all', 'each', 'interaction'];
const matrices = { all: 1, each: 3, interaction: 6 };
const x = testRandom(1).normals(8);

const bilinear = (
  config: Partial<BilinearInteractionConfig>,
  kernel: ArrayLike<number>,
  values: ArrayLike<number> = x,
  shape: readonly number[] = [4, 2],
) =>
  runLayer(bilinearInteractionSpec, {
    config,
    inputShapes: [shape],
    inputs: [values],
    parameters: { kernel },
  });

describe('bilinearInteraction', () => {
  it('computes the hand-worked example: [1, 2] W = [3, 4]', () => {
    const kernel = [1, 0, 1, 2];
    expect(bilinear({}, kernel, [1, 2, 3, 4], [2, 2])).toEqual([9, 16]);
    expect(bilinear({ product: 'inner' }, kernel, [1, 2, 3, 4], [2, 2])).toEqual([25]);
  });

  it.each(types)(
    "with type '%s' and identity matrices is the products of all pairs, in their order",
    (type) => {
      const config = { type, kernelInitializer: initializers.identity };
      const { kernel } = createParameters(bilinearInteractionSpec, config, [[4, 2]], 1);
      const expected = fieldPairs(4).flatMap(([i, j]) => [x[2 * i] * x[2 * j], x[2 * i + 1] * x[2 * j + 1]]);
      expect(bilinear({ type }, kernel)).toEqual(expected);
      const inner = expected.flatMap((value, at) => (at % 2 === 0 ? [value + expected[at + 1]] : []));
      expectClose(bilinear({ type, product: 'inner' }, kernel), inner, contraction(2));
    },
  );

  it("with one matrix throughout, 'each' and 'interaction' equal 'all'", () => {
    const kernel = Array.from(testRandom(2).normals(4));
    const repeated = (type: BilinearType) => Array.from({ length: matrices[type] }, () => kernel).flat();
    for (const product of ['hadamard', 'inner'] as const)
      for (const type of types)
        expectClose(
          bilinear({ type, product }, repeated(type)),
          bilinear({ type: 'all', product }, kernel),
          contraction(4),
        );
  });

  it.each(types)("has outputs of unit variance at its start with type '%s'", (type) => {
    for (const product of ['hadamard', 'inner'] as const) {
      const moments = startMoments(bilinearInteractionSpec, { type, product }, [3, 2]);
      expectClose(moments, new Array(product === 'inner' ? 3 : 6).fill(1), contraction(64));
    }
  });

  it('defect: FuxiCTR bilinear gives a stack of matrices one fan: each has fans of its own', () => {
    const kernelInitializer = initializers.glorotNormal;
    const [stack, one] = (['interaction', 'all'] as const).map((type) => {
      const { kernel } = createParameters(bilinearInteractionSpec, { type, kernelInitializer }, [[4, 40]], 1);
      return Math.sqrt(Array.from(kernel).reduce((total, value) => total + value ** 2, 0) / kernel.length);
    });
    // Glorot of 40 x 40: standard deviation 1/√40; over 1,600 values it is drawn within 6 %
    for (const deviation of [stack, one]) expect(Math.abs(deviation * Math.sqrt(40) - 1)).toBeLessThan(0.06);
  });

  it('defect: DeepCTR one seed for every kernel: the matrices of a stack differ', () => {
    const { kernel } = createParameters(bilinearInteractionSpec, { type: 'each' }, [[4, 2]], 1);
    const slices = [0, 1, 2].map((at) => String(kernel.slice(4 * at, 4 * at + 4)));
    expect(new Set(slices).size).toBe(3);
  });

  it('counts D², (F - 1) D² and F (F - 1) / 2 D² parameters', () => {
    const counts = types.map((type) => countParameters(bilinearInteractionSpec, { type }, [[26, 16]]));
    expect(counts).toEqual([256, 25 * 256, 325 * 256]);
  });

  it('rejects an unknown type or product, and one field', () => {
    const run = (config: object, shape: number[]) => () => bilinear(config, [], [], shape);
    expect(run({ type: 'field' }, [3, 2])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: bilinearInteraction expected type to be one of 'all', 'each', 'interaction', got 'field'.

      Fix: check the spelling of the value]
    `);
    expect(run({ product: 'outer' }, [3, 2])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: bilinearInteraction expected product to be one of 'hadamard', 'inner', got 'outer'.

      Fix: check the spelling of the value]
    `);
    expect(run({}, [1, 2])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: bilinearInteraction expected 2 or more fields of dimension 1 or more, as [batch, ..., fields, dimension], got [batch, 1, 2].

      Fix: stack one embedding per field along the axis before the last]
    `);
  });
});
