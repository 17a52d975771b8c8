import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { countParameters, createParameters } from '../parameters.js';
import { runLayer } from '../testing/runLayer.js';
import { type SqueezeExcitationConfig, squeezeExcitationSpec } from './squeezeExcitation.js';

function excite(
  config: Partial<SqueezeExcitationConfig>,
  shape: readonly number[],
  x: ArrayLike<number>,
  parameters: Record<string, ArrayLike<number>>,
): number[] {
  return runLayer(squeezeExcitationSpec, { config, inputShapes: [shape], inputs: [x], parameters });
}

const paper: Partial<SqueezeExcitationConfig> = { start: 'random', useBias: false };
const kernels = { reductionKernel: [1, 1], excitationKernel: [1, 2] };

describe('squeezeExcitation', () => {
  it('computes the hand-worked example: z = [2, 2], a = [4, 8]', () => {
    expect(excite(paper, [2, 2], [1, 3, 2, 2], kernels)).toEqual([4, 12, 16, 16]);
  });

  it("takes the largest element with squeeze 'max': z = [3, 2], a = [5, 10]", () => {
    expect(excite({ ...paper, squeeze: 'max' }, [2, 2], [1, 3, 2, 2], kernels)).toEqual([5, 15, 20, 20]);
  });

  it('starts as the identity, bit for bit, with every gate that is 1 at 1', () => {
    const x = testRandom(1).normals(12);
    for (const gateActivation of ['relu', 'linear', 'leakyRelu', 'elu'] as const) {
      const parameters = createParameters(squeezeExcitationSpec, { gateActivation }, [[4, 3]], 1);
      expect(excite({ gateActivation }, [4, 3], x, parameters)).toEqual([...x]);
    }
  });

  it('takes one field of one dimension', () => {
    expect(excite(paper, [1, 1], [3], { reductionKernel: [2], excitationKernel: [5] })).toEqual([90]);
  });

  it('scales by the weight of the field alone: the ratio within a field stays', () => {
    const x = testRandom(2).uniforms(12, 1, 2);
    const config = { ...paper, gateActivation: 'sigmoid' } as const;
    const parameters = createParameters(squeezeExcitationSpec, config, [[4, 3]], 3);
    const y = excite(config, [4, 3], x, parameters);
    const ratios = y.map((value, at) => value / x[at]);
    expectClose(
      ratios,
      ratios.map((_, at) => ratios[3 * Math.floor(at / 3)]),
      tolerances.float64.elementwise,
    );
  });

  it('has ⌊F / reductionRatio⌋ hidden units, and one at least', () => {
    expect(countParameters(squeezeExcitationSpec, {}, [[26, 16]])).toBe(2 * 26 * 8 + 8 + 26);
    expect(countParameters(squeezeExcitationSpec, paper, [[2, 16]])).toBe(4);
  });

  it('rejects options out of range, and identity starts that cannot be', () => {
    const run =
      (config: object, shape = [3, 2]) =>
      () =>
        excite(config, shape, [], {});
    expect(run({ reductionRatio: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: squeezeExcitation expected reductionRatio to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ squeeze: 'sum' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: squeezeExcitation expected squeeze to be one of 'mean', 'max', got 'sum'.

      Fix: check the spelling of the value]
    `);
    expect(run({ start: 'linear' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: squeezeExcitation expected start to be one of 'identity', 'random', got 'linear'.

      Fix: check the spelling of the value]
    `);
    expect(run({ gateActivation: 'sigmoid' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: squeezeExcitation expected biases and a gateActivation that is 1 at 1 with start 'identity', such as relu or linear, got gateActivation: 'sigmoid', 0.7310585786300049 at 1.

      Fix: pass start: 'random', or keep the biases and relu]
    `);
    expect(run({ useBias: false })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: squeezeExcitation expected biases and a gateActivation that is 1 at 1 with start 'identity', such as relu or linear, got useBias: false.

      Fix: pass start: 'random', or keep the biases and relu]
    `);
    expect(run({}, [3])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: squeezeExcitation expected one input of rank 3 or more, got [batch, 3].

      Fix: reshape the input]
    `);
  });
});
