import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { initializers } from '../../initializers/initializer.js';
import { createParameters } from '../parameters.js';
import { runLayer } from '../testing/runLayer.js';
import { type CrossMixConfig, crossMixSpec } from './crossMix.js';
import { featureCrossSpec } from './featureCross.js';

type Parameters = Record<string, ArrayLike<number>>;

function mix(
  config: Partial<CrossMixConfig>,
  inputs: ArrayLike<number>[],
  parameters: Parameters,
  batch = 1,
) {
  const inputShapes = inputs.map(({ length }) => [length / batch]);
  return runLayer(crossMixSpec, { config, batch, inputShapes, inputs, parameters });
}

/** Two linear experts of rank 1 over two features: the sum goes to feature 0, the difference to feature 1. */
const two = { kernelDown: [1, 1, 1, -1], kernelCore: [1, 1], kernelUp: [1, 0, 0, 1] };
const linear = { numExperts: 2, projectionDim: 1, expertActivation: 'linear' } as const;

describe('crossMix', () => {
  it('computes the hand-worked example', () => {
    // x = [3, 1]: experts [4, 0] and [0, 2], gates 1/2 each: [1, 2] ⊙ ([2, 1] + b) + x
    const parameters = { ...two, gateKernel: [0, 0, 0, 0], bias: [1, 2] };
    expect(
      mix(
        linear,
        [
          [1, 2],
          [3, 1],
        ],
        parameters,
      ),
    ).toEqual([6, 7]);
  });

  it('computes the hand-worked example of sigmoid gates, which scale the bias by their sum', () => {
    // gates σ(0) = 1/2 of three experts, the third a zero: bias times 3/2
    const parameters = {
      kernelDown: [...two.kernelDown, 0, 0],
      kernelCore: [...two.kernelCore, 0],
      kernelUp: [...two.kernelUp, 0, 0],
      gateKernel: [0, 0, 0, 0, 0, 0],
      bias: [2, 4],
    };
    // [1, 2] ⊙ ([2, 1] + 3/2 [2, 4]) + [3, 1]
    expect(
      mix(
        { ...linear, numExperts: 3, gate: 'sigmoid' },
        [
          [1, 2],
          [3, 1],
        ],
        parameters,
      ),
    ).toEqual([8, 15]);
  });

  it('equals its single expert with one expert, a low-rank cross when that is linear', () => {
    const [x0, x] = [testRandom(1).normals(5), testRandom(2).normals(5)];
    const config = { numExperts: 1, projectionDim: 2, expertActivation: 'linear' } as const;
    const [kernelU, kernelV, bias] = [
      testRandom(3).normals(10),
      testRandom(4).normals(10),
      testRandom(5).normals(5),
    ];
    const identity = [1, 0, 0, 1];
    const parameters = { kernelDown: kernelU, kernelCore: identity, kernelUp: kernelV, bias };
    const expected = runLayer(featureCrossSpec, {
      config: { projectionDim: 2 },
      inputShapes: [[5], [5]],
      inputs: [x0, x],
      parameters: { kernelU, kernelV, bias },
    });
    expectClose(mix(config, [x0, x], parameters), expected, tolerances.float64.contraction(5));
  });

  it('does not mind the order of its experts', () => {
    const [x0, x] = [testRandom(1).normals(2), testRandom(2).normals(2)];
    const y = mix({ ...linear, expertActivation: 'tanh' }, [x0, x], {
      kernelDown: [1, 2, 3, 4],
      kernelCore: [0.5, -1],
      kernelUp: [1, -2, 3, 1],
      gateKernel: [0.1, 0.2, 0.3, -0.4],
      bias: [0, 1],
    });
    const swapped = mix({ ...linear, expertActivation: 'tanh' }, [x0, x], {
      kernelDown: [3, 4, 1, 2],
      kernelCore: [-1, 0.5],
      kernelUp: [3, 1, 1, -2],
      gateKernel: [0.2, 0.1, -0.4, 0.3],
      bias: [0, 1],
    });
    expectClose(swapped, y, tolerances.float64.transcendental);
  });

  it('defect: DeepCTR-Torch and FuxiCTR CrossNetMix squeeze the batch axis away at a batch of 1', () => {
    const config = { numExperts: 2, projectionDim: 1 } as const;
    const parameters = createParameters(crossMixSpec, config, [[3]], 1);
    const rows = testRandom(1).normals(6);
    const first = rows.slice(0, 3);
    expect(mix(config, [first], parameters)).toEqual(mix(config, [rows], parameters, 2).slice(0, 3));
    const single = createParameters(crossMixSpec, config, [[1]], 1);
    expect(mix(config, [[2]], single)).toHaveLength(1);
  });

  it('defect: CrossNetMix of DeepCTR-Torch, FuxiCTR and torchrec draws experts by the fans of the whole stack', () => {
    const config = { projectionDim: 10, kernelInitializer: initializers.glorotNormal };
    const { kernelDown } = createParameters(crossMixSpec, config, [[100]], 1);
    const deviation = Math.sqrt(
      Array.from(kernelDown).reduce((total, value) => total + value ** 2, 0) / kernelDown.length,
    );
    // √(2 / 110) for each [100, 10] slice; fans multiplied by the four experts give .067, and tfjs .060
    expect(kernelDown).toHaveLength(4000);
    expect(Math.abs(deviation / Math.sqrt(2 / 110) - 1)).toBeLessThan(0.05);
  });

  it('has no gate for the one expert of a softmax', () => {
    expect(Object.keys(createParameters(crossMixSpec, { numExperts: 1 }, [[4]], 1))).not.toContain(
      'gateKernel',
    );
    expect(
      Object.keys(createParameters(crossMixSpec, { numExperts: 1, gate: 'sigmoid' }, [[4]], 1)),
    ).toContain('gateKernel');
  });

  it('rejects unlike inputs, unknown words and sizes below 1', () => {
    const run =
      (config: object, inputShapes = [[3]]) =>
      () =>
        runLayer(crossMixSpec, { config, inputShapes, inputs: [] });
    expect(run({}, [[3], [4]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: crossMix expected inputs [x0, x] of one shape with rank 2 or more, or one input, got [batch, 3] and [batch, 4].

      Fix: a cross step keeps the number of features: pass x0 and the result of the step before]
    `);
    expect(run({ gate: 'hard' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: crossMix expected gate to be one of 'softmax', 'sigmoid', got 'hard'.

      Fix: check the spelling of the value]
    `);
    expect(run({ start: 'zeros' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: crossMix expected start to be one of 'calibrated', 'identity', got 'zeros'.

      Fix: check the spelling of the value]
    `);
    expect(run({ numExperts: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: crossMix expected numExperts to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ projectionDim: 1.5 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: crossMix expected projectionDim to be a whole number of at least 1, got 1.5.

      Fix: pass a whole number from 1 on]
    `);
  });
});
