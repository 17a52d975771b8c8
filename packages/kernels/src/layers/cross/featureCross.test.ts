import { expectClose, expectDegree, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { initializers } from '../../initializers/initializer.js';
import { countParameters, createParameters, parameterSpecs } from '../parameters.js';
import { runLayer } from '../testing/runLayer.js';
import { type FeatureCrossConfig, featureCrossSpec } from './featureCross.js';

const x0 = [0.1, 0.2, 0.3];
const x = [0.4, 0.5, 0.6];
const ones = (count: number) => new Array<number>(count).fill(1);
const { elementwise } = tolerances.float64;

function cross(
  config: Partial<FeatureCrossConfig>,
  inputs: number[][],
  parameters: Record<string, number[]>,
): number[] {
  return runLayer(featureCrossSpec, { config, inputShapes: inputs.map(() => [3]), inputs, parameters });
}

describe('featureCross', () => {
  // Expected values of the unit tests of TFRS dcn_test.py and keras-rs feature_cross_test.py
  it('matches the TFRS golden of the full matrix', () => {
    expectClose(cross({ useBias: false }, [x0, x], { kernel: ones(9) }), [0.55, 0.8, 1.05], elementwise);
  });

  it('matches the TFRS golden of rank 1', () => {
    const parameters = { kernelU: ones(3), kernelV: ones(3) };
    expectClose(
      cross({ useBias: false, projectionDim: 1 }, [x0, x], parameters),
      [0.55, 0.8, 1.05],
      elementwise,
    );
  });

  it('matches the TFRS golden of one input', () => {
    expectClose(cross({ useBias: false }, [x0], { kernel: ones(9) }), [0.16, 0.32, 0.48], elementwise);
  });

  it('matches the TFRS golden of a bias of ones', () => {
    expectClose(cross({}, [x0, x], { kernel: ones(9), bias: ones(3) }), [0.65, 1, 1.35], elementwise);
  });

  it('matches the TFRS golden of diagScale 1', () => {
    expectClose(
      cross({ useBias: false, diagScale: 1 }, [x0, x], { kernel: ones(9) }),
      [0.59, 0.9, 1.23],
      elementwise,
    );
  });

  it('matches the TFRS golden of a pre-activation that gives zeros: y = x', () => {
    // relu of a negative sum stands for the test's zeros_like
    const kernel = ones(9).map((value) => -value);
    expectClose(cross({ useBias: false, preActivation: 'relu' }, [x0, x], { kernel }), x, elementwise);
  });

  it('adds diagScale·x after the pre-activation', () => {
    const kernel = ones(9).map((value) => -value);
    const y = cross({ useBias: false, preActivation: 'relu', diagScale: 2 }, [x0, x], { kernel });
    expectClose(
      y,
      x.map((value, at) => value + x0[at] * 2 * value),
      elementwise,
    );
  });

  it('equals the full layer with W = U V', () => {
    const random = testRandom(3);
    const [kernelU, kernelV] = [Array.from(random.normals(6)), Array.from(random.normals(6))];
    const product = Array.from({ length: 9 }, (_, at) =>
      [0, 1].reduce((sum, k) => sum + kernelU[2 * Math.floor(at / 3) + k] * kernelV[3 * k + (at % 3)], 0),
    );
    const low = cross({ useBias: false, projectionDim: 2 }, [x0, x], { kernelU, kernelV });
    expectClose(
      low,
      cross({ useBias: false }, [x0, x], { kernel: product }),
      tolerances.float64.contraction(3),
    );
  });

  it('has degree L + 1 in x0 after a stack of L steps', () => {
    const kernel = Array.from(testRandom(4).normals(9));
    for (const steps of [1, 2, 3]) {
      const stack = (input: Float64Array) => {
        const first = Array.from(input);
        let current = first;
        for (let step = 0; step < steps; step++)
          current = cross({ useBias: false }, [first, current], { kernel });
        return current;
      };
      expectDegree(stack, { degree: steps + 1, dimension: 3 });
    }
  });

  it('gives a rank-4 input the rows of the flattened one', () => {
    const parameters = createParameters(featureCrossSpec, {}, [[3]], 6);
    const inputs = [testRandom(1).normals(24), testRandom(2).normals(24)];
    const run = (shape: number[], batch: number) =>
      runLayer(featureCrossSpec, { config: {}, batch, inputShapes: [shape, shape], inputs, parameters });
    expect(run([2, 2, 3], 2)).toEqual(run([3], 8));
  });

  it('has 12 parameters for three features, so that cross and dense(1) have the 16 of the document', () => {
    expect(countParameters(featureCrossSpec, {}, [[3]]) + 4).toBe(16);
  });

  it('draws the laws that each start names', () => {
    const laws = (config: Partial<FeatureCrossConfig>) =>
      parameterSpecs(featureCrossSpec, { useBias: false, ...config }, [[3]]).map(
        ({ initializer }) => initializer,
      );
    const low = { projectionDim: 2 };
    expect(laws({})).toEqual([initializers.glorotUniform]);
    expect(laws({ start: 'tfrs', ...low })).toEqual([
      { kind: 'truncatedNormal', mean: 0, stddev: 0.05 },
      { kind: 'truncatedNormal', mean: 0, stddev: 0.05 },
    ]);
    const constant = { kind: 'constant', value: 2 } as const;
    expect(laws({ kernelInitializer: constant })).toEqual([constant]);
    expect(laws({ kernelInitializer: constant, start: 'identity', ...low })).toEqual([
      constant,
      initializers.zeros,
    ]);
  });

  it("defect: keras-rs FeatureCross documents a bias of 'ones' and diag_scale None, and has zeros and 0", () => {
    expect(featureCrossSpec.defaults).toMatchObject({ biasInitializer: initializers.zeros, diagScale: 0 });
  });

  it('rejects unlike inputs, three inputs, a scalar, and options out of range', () => {
    const run = (config: object, inputShapes: number[][]) => () =>
      runLayer(featureCrossSpec, { config, inputShapes, inputs: [] });
    expect(run({}, [[3], [4]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: featureCross expected inputs [x0, x] of one shape with rank 2 or more, or one input, got [batch, 3] and [batch, 4].

      Fix: a cross step keeps the number of features: pass x0 and the result of the step before]
    `);
    expect(run({}, [[3], [3], [3]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: featureCross expected inputs [x0, x] of one shape with rank 2 or more, or one input, got [batch, 3] and [batch, 3] and [batch, 3].

      Fix: a cross step keeps the number of features: pass x0 and the result of the step before]
    `);
    expect(run({}, [[]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: featureCross expected inputs [x0, x] of one shape with rank 2 or more, or one input, got [batch].

      Fix: a cross step keeps the number of features: pass x0 and the result of the step before]
    `);
    expect(run({ diagScale: -1 }, [[3]])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: featureCross expected diagScale to be a finite number of at least 0, got -1.

      Fix: pass diagScale: 0 to leave the term out]
    `);
    expect(run({ diagScale: Number.NaN }, [[3]])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: featureCross expected diagScale to be a finite number of at least 0, got NaN.

      Fix: pass diagScale: 0 to leave the term out]
    `);
    expect(run({ start: 'glorot' }, [[3]])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: featureCross expected start to be one of 'keras', 'tfrs', 'calibrated', 'identity', got 'glorot'.

      Fix: check the spelling of the value]
    `);
    expect(run({ start: 'identity', preActivation: 'relu' }, [[3]])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: featureCross expected preActivation to be 0 at 0 with a slope there for start 'identity', as linear, tanh, swish and leakyRelu are, got 'relu', with value 0 and slope 0.

      Fix: pass start: 'calibrated', or another preActivation]
    `);
    expect(run({ projectionDim: 0 }, [[3]])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: featureCross expected projectionDim to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
  });
});
