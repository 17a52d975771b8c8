import { describe, expect, it } from 'vitest';
import { parseLayers } from '../models/parseLayers.js';
import { layersAt, parseContenders, recipes } from './recipes.js';

describe('recipes', () => {
  it.each(recipes)('$name is a model that --layers takes', (one) => {
    expect(() => parseLayers(layersAt(one, 3, 'dense:1'))).not.toThrow();
  });
});

describe('parseContenders', () => {
  it('reads names, and layers under a name of their own', () => {
    expect(parseContenders('dense, quadDense').map(({ name }) => name)).toEqual(['dense', 'quadDense']);
    const [first, mine, bare] = parseContenders('dense; mine=glu:{size},{output}; quadDense:{size},{output}');
    expect(first?.name).toBe('dense');
    expect(mine).toEqual({ name: 'mine', layers: 'glu:{size},{output}', sizeName: 'size', smallest: 1 });
    expect(bare?.name).toBe('quadDense:{size},{output}');
  });

  it('asks for {output} in layers', () => {
    expect(() => parseContenders('dense; mine=glu:3')).toThrowErrorMatchingInlineSnapshot(`
      [UsageError: --contenders expected layers that end in {output}, the layer that the task asks for, got 'mine=glu:3'.

      Fix: write 'mine=glu:3,{output}', and {size} where the budget decides; semicolons between contenders]
    `);
  });

  it('suggests a name', () => {
    expect(() => parseContenders('dense,quadDens')).toThrowErrorMatchingInlineSnapshot(`
      [UsageError: --contenders expected the name of a known contender, got 'quadDens'.

        known   linear, dense, quadDense, quadDenseDeep, crossNetwork, crossNetworkLowRank, polynomialNetwork, taylor, chebyshev, legendre, fourier, splineKan, rbfKan, glu, hyperDense, factorizationMachine

      Fix: did you mean 'quadDense'?]
    `);
  });
});
