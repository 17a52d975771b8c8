import { initializers } from '@polyneuron/kernels';
import { describe, expect, it } from 'vitest';
import { configText, lawText, literal } from './literals.js';

describe('literal', () => {
  it.each([
    ['tanh', "'tanh'"],
    [null, 'null'],
    [[2, [1, 0.5]], '[2, [1, 0.5]]'],
    [{ start: 'random', units: 2 }, "{ start: 'random', units: 2 }"],
    [{}, '{}'],
    [initializers.glorotUniform, "'glorotUniform'"],
    [{ kind: 'constant', value: 2 }, "{ kind: 'constant', value: 2 }"],
  ])('types %j', (value, text) => {
    expect(literal(value)).toBe(text);
  });

  it('types the call of a factory', () => {
    expect(configText('glu', {})).toBe('glu()');
    expect(configText('glu', { units: 2 })).toBe('glu({ units: 2 })');
  });
});

describe('lawText', () => {
  it.each([
    [initializers.heNormal, 'heNormal'],
    [initializers.randomNormal, 'normal, stddev 0.05'],
    [initializers.varianceScaling, 'variance 1 / fanIn, truncatedNormal'],
    [{ kind: 'constant', value: 1 / 3 }, 'constant 0.3333'],
    [{ kind: 'normal', mean: 0, stddev: 0.25 }, 'normal, stddev 0.25'],
    [{ kind: 'uniform', min: -1, max: 2 }, 'uniform, min -1, max 2'],
    [
      { kind: 'varianceScaling', scale: 0.5, mode: 'fanIn', distribution: 'uniform' },
      'variance 0.5 / fanIn, uniform',
    ],
    [
      { kind: 'stacked', axis: 0, laws: [initializers.zeros, initializers.ones, initializers.ones] },
      'zeros; 2 × ones',
    ],
    [{ kind: 'stacked', axis: 0, laws: [initializers.ones, initializers.ones] }, 'ones'],
  ] as const)('says %j', (law, text) => {
    expect(lawText(law)).toBe(text);
  });
});
