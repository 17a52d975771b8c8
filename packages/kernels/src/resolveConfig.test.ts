import { describe, expect, it } from 'vitest';
import { crossNetworkSpec, featureCrossSpec, hyperDenseSpec, quadConv2dSpec } from './index.js';
import { resolveConfig } from './resolveConfig.js';

describe('resolveConfig', () => {
  it('completes options, and takes undefined for none', () => {
    expect(resolveConfig(featureCrossSpec, { projectionDim: 2, diagScale: undefined })).toEqual({
      ...featureCrossSpec.defaults,
      projectionDim: 2,
    });
  });

  it('takes one number or a pair for two axes', () => {
    const config = { filters: 1, kernelSize: 3, strides: [2, 1] } as const;
    expect(resolveConfig(quadConv2dSpec, config).strides).toEqual([2, 1]);
  });

  // Plain JavaScript has no types: each of these would be taken for another value, or fail far from its cause
  it.each([
    [
      featureCrossSpec,
      { useBias: 'false' },
      `featureCross expected useBias to be true or false, got "false".`,
    ],
    [crossNetworkSpec, { sharesGate: 1 }, 'crossNetwork expected sharesGate to be true or false, got 1.'],
    [featureCrossSpec, { diagScale: '3' }, 'featureCross expected diagScale to be a number, got "3".'],
    [featureCrossSpec, { preActivation: 5 }, 'featureCross expected preActivation to be a word, got 5.'],
    [
      hyperDenseSpec,
      { units: 1, taskHiddenUnits: 5 },
      'hyperDense expected taskHiddenUnits to be a list, got 5.',
    ],
  ])('rejects a value of another kind than the default: %#', (spec, config, message) => {
    expect(() => resolveConfig<object>(spec as never, config)).toThrow(message);
  });

  it('says what to pass instead', () => {
    expect(() =>
      resolveConfig(featureCrossSpec, { useBias: 'false' as never }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: featureCross expected useBias to be true or false, got "false".

      Fix: pass true or false; the default is true]
    `);
  });
});
