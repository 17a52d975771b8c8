/** @file What other quadratic layers get wrong (found by reading their sources), as tests of ours. */
import { describe, expect, it, vi } from 'vitest';
import { createParameters, parameterSpecs } from '../parameters.js';
import { runLayer } from '../testing/runLayer.js';
import { quadDenseSpec } from './quadDense.js';
import { quadraticFormSpec } from './quadraticForm.js';

describe('defects of other libraries', () => {
  // super(Quadraour, self).__init__() in a class that is no Quadraour: a TypeError
  it('defect: QuadraLib Quadrafc, its dense layer, cannot be constructed', () => {
    const config = { units: 2, variant: 'quadralib', start: 'random' } as const;
    const parameters = createParameters(quadDenseSpec, config, [[3]], 1);
    const y = runLayer(quadDenseSpec, { config, inputShapes: [[3]], inputs: [[1, 2, 3]], parameters });
    expect(y).toHaveLength(2);
    expect(y.every(Number.isFinite)).toBe(true);
  });

  // Undefined `Parameter`, uninitialised weights, and a Linear(128, 10) whatever was asked for
  it.each(['fan', 'product', 'quadralib', 'square', 'lowRank', 'symmetric'] as const)(
    'defect: QuadraLib Quadrafc_hybrid leaves weights uninitialised and its width fixed (%s)',
    (variant) => {
      for (const [inputs, units] of [
        [5, 7],
        [128, 10],
        [1, 1],
      ]) {
        const config = { units, variant, start: 'random' } as const;
        const specs = parameterSpecs(quadDenseSpec, config, [[inputs]]);
        const values = createParameters(quadDenseSpec, config, [[inputs]], 3);
        for (const { name, role } of specs) {
          expect(values[name].every(Number.isFinite)).toBe(true);
          expect(values[name].some((value) => value !== 0)).toBe(role === 'kernel');
        }
      }
    },
  );

  // .view(B, C, H, W) of a [B, H·W, C] result mixes channels and positions
  it('defect: QuadraLib Type1 reshapes where it must transpose', () => {
    const config = { units: 2, form: 'full', start: 'random', useLinear: false, useBias: false } as const;
    // Unit 0 is x_0², unit 1 is x_1²: the units of each position come from its own features
    const parameters = { kernelA: [1, 0, 0, 0, 0, 0, 0, 1] };
    const run = { config, inputShapes: [[2, 2, 2]], inputs: [[1, 2, 3, 4, 5, 6, 7, 8]], parameters };
    expect(runLayer(quadraticFormSpec, run)).toEqual([1, 4, 9, 16, 25, 36, 49, 64]);
  });

  it('defect: QuadraLib Type3 prints, and has no bias', () => {
    const log = vi.spyOn(console, 'log');
    const config = { units: 1, variant: 'lowRank', rank: 1 } as const;
    const parameters = { kernelQ: [1, 2], kernelLambda: [1], kernelL: [0, 0], biasL: [5] };
    // (1 + 4)² + 5
    expect(runLayer(quadDenseSpec, { config, inputShapes: [[2]], inputs: [[1, 2]], parameters })).toEqual([
      30,
    ]);
    expect(log).not.toHaveBeenCalled();
    log.mockRestore();
  });

  it('defect: quadratic_efficiency bias=False crashes in forward', () => {
    const config = { units: 1, useBias: false, start: 'random' } as const;
    const parameters = { kernelR: [1, 2], kernelG: [3, 1], kernelB: [2, 1] };
    // (1 + 4)(3 + 2) + (2 + 4)
    expect(runLayer(quadDenseSpec, { config, inputShapes: [[2]], inputs: [[1, 2]], parameters })).toEqual([
      31,
    ]);
  });

  // kaiming_uniform_ of an [in, out] matrix reads fan_in from its second axis
  it('defect: quadratic_efficiency scales kernels by the number of outputs', () => {
    const kernelInitializer = {
      kind: 'varianceScaling',
      scale: 2,
      mode: 'fanIn',
      distribution: 'uniform',
    } as const;
    const config = { units: 4, start: 'random', kernelInitializer } as const;
    const { kernelR, kernelG, kernelB } = createParameters(quadDenseSpec, config, [[96]], 1);
    for (const kernel of [kernelR, kernelG, kernelB]) {
      const largest = Math.max(...Array.from(kernel, Math.abs));
      expect(largest).toBeLessThanOrEqual(Math.sqrt(6 / 96));
      // 384 uniform draws all stay below 0.9 of the bound once in 10^17
      expect(largest).toBeGreaterThan(0.9 * Math.sqrt(6 / 96));
    }
  });
});
