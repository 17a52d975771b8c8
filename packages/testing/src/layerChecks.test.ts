import { describe, expect, it } from 'vitest';
import { appliesTo, type CheckedLayer, exemptionOf } from './layerChecks.js';

const layer: CheckedLayer = {
  name: 'probe',
  inputKind: 'features',
  defaults: { activation: 'linear', weights: 'normal' },
  degree: (config) => ('activation' in config && config.activation === 'linear' ? 2 : undefined),
  parameters: (config) =>
    'weights' in config && config.weights !== 'none'
      ? [{ initializer: { kind: String(config.weights) } }]
      : [],
};
const sample = { config: {}, inputShapes: [[2, 3]] };

describe('exemptionOf', () => {
  it('asks the record with its defaults', () => {
    expect(exemptionOf('degree', layer, sample)).toBeUndefined();
    expect(exemptionOf('degree', layer, { ...sample, config: { activation: 'tanh' } })).toBe('no polynomial');
    expect(appliesTo('degree', layer, sample)).toBe(true);
  });

  it('tells trained from fixed, and drawn from constant parameters', () => {
    const reasons = (weights: string) => {
      const one = { ...sample, config: { weights } };
      return [exemptionOf('training', layer, one), exemptionOf('seeds', layer, one)];
    };
    expect(reasons('normal')).toEqual([undefined, undefined]);
    expect(reasons('zeros')).toEqual([undefined, 'nothing drawn']);
    expect(reasons('none')).toEqual(['nothing to train', 'nothing drawn']);
  });

  it('leaves the checks of ranks out where ranks differ or are fixed', () => {
    const reason = (inputKind: CheckedLayer['inputKind'], inputShapes: number[][]) =>
      exemptionOf('ranks', { ...layer, inputKind }, { config: {}, inputShapes });
    expect(reason('features', [[3], [3]])).toBeUndefined();
    expect(reason('features', [[2, 3], [3]])).toBe('inputs of different ranks');
    expect(
      reason('fields', [
        [2, 3],
        [4, 3],
      ]),
    ).toBeUndefined();
    expect(reason('image', [[2, 3, 1]])).toBe('takes a whole image');
    expect(exemptionOf('ranks', layer, { ...sample, config: { axis: 1 } })).toBe('along another axis');
    expect(exemptionOf('ranks', layer, { ...sample, config: { axis: -1 } })).toBeUndefined();
  });
});
