import { sizeOf } from '@polyneuron/graph';
import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import type { LayerSpec } from '../../layerSpec.js';
import { createParameters, parameterSpecs } from '../parameters.js';
import { layerFunction } from '../testing/layerFunction.js';
import { runLayer } from '../testing/runLayer.js';
import { crossLayers } from './crossLayers.js';
import { requireLiveAtZero, stepShare } from './crossStart.js';

interface StartCase {
  readonly name: keyof typeof crossLayers;
  readonly config?: object;
  readonly inputShapes: readonly (readonly number[])[];
  /** The layer's input itself is what 'identity' gives. */
  readonly isResidual?: boolean;
}

const one = [[16]];
const cases: readonly StartCase[] = [
  { name: 'featureCross', inputShapes: one, isResidual: true },
  { name: 'featureCross', config: { projectionDim: 4 }, inputShapes: one, isResidual: true },
  { name: 'crossNetwork', config: { mode: 'vector' }, inputShapes: one, isResidual: true },
  { name: 'crossNetwork', config: { numLayers: 6 }, inputShapes: one, isResidual: true },
  { name: 'crossNetwork', config: { mode: 'lowRank' }, inputShapes: one, isResidual: true },
  { name: 'crossNetwork', config: { mode: 'mix' }, inputShapes: one, isResidual: true },
  { name: 'crossNetwork', config: { mode: 'gated' }, inputShapes: one, isResidual: true },
  { name: 'crossMix', inputShapes: one, isResidual: true },
  { name: 'crossMix', config: { gate: 'sigmoid' }, inputShapes: one, isResidual: true },
  { name: 'gatedCross', inputShapes: one, isResidual: true },
  { name: 'khatriRao', inputShapes: one, isResidual: true },
  { name: 'maskBlock', config: { units: 16, activation: 'linear' }, inputShapes: one },
  {
    name: 'maskBlock',
    config: { units: 16, activation: 'linear', useLayerNorm: false },
    inputShapes: [[16], [12]],
  },
  { name: 'factorizedInteraction', config: { units: 16 }, inputShapes: one },
  { name: 'factorizedInteraction', config: { units: 16, residualType: 'concat' }, inputShapes: one },
  { name: 'interactionAggregation', config: { units: 16 }, inputShapes: [[16], [12]] },
  { name: 'interactionAggregation', config: { units: 16, numHeads: 4 }, inputShapes: [[16], [12]] },
  { name: 'eulerInteraction', config: { units: 4 }, inputShapes: [[4, 8]], isResidual: true },
];
const titled = cases.map((start) => ({
  ...start,
  title: `${start.name} ${JSON.stringify(start.config ?? {})}`,
  spec: crossLayers[start.name] as LayerSpec,
}));

function inputsOf(inputShapes: StartCase['inputShapes'], batch: number, seed: number): Float64Array[] {
  return inputShapes.map((shape, at) => testRandom(seed + 100 * at).normals(batch * sizeOf(shape)));
}

const meanSquare = (values: readonly number[]) =>
  values.reduce((total, value) => total + value * value, 0) / values.length;

describe("start 'calibrated'", () => {
  // One draw of weights and four inputs varies by 0.2 (a mask: 0.4), 120 of them by 0.02 (0.04); a share of 1/32 adds
  // 0.03 and the fourth moment of 16 normal inputs a little. Glorot gives 2 and more.
  it.each(titled)('keeps the variance of unit-variance inputs: $title', ({ spec, config, inputShapes }) => {
    const batch = 4;
    const draws = 120;
    const resolved = { ...config, ...spec.starts?.calibrated };
    let mean = 0;
    for (let seed = 1; seed <= draws; seed++) {
      const inputs = inputsOf(inputShapes, batch, seed);
      const parameters = createParameters(spec, resolved, inputShapes, seed);
      const y = runLayer(spec, { config: resolved, batch, inputShapes, inputs, parameters });
      mean += meanSquare(y) / draws;
    }
    expect(mean).toBeGreaterThan(0.93);
    expect(mean).toBeLessThan(1.1);
  });

  it('shares its growth among the steps of a network', () => {
    for (const steps of [1, 2, 3, 10])
      expectClose((1 + stepShare(steps)) ** steps, 33 / 32, tolerances.float64.transcendental);
    const scale = (numLayers: number) => {
      const [kernel] = parameterSpecs(crossLayers.crossNetwork, { numLayers }, [[3]]);
      return (kernel.initializer as { readonly scale: number }).scale;
    };
    expect(scale(1)).toBe(1 / 32);
    expect(scale(4)).toBe(stepShare(4));
  });
});

describe("start 'identity'", () => {
  it.each(titled.filter(({ isResidual }) => isResidual))(
    'gives back the input, bit for bit: $title',
    ({ spec, config, inputShapes }) => {
      const resolved = { ...config, ...spec.starts?.identity };
      const inputs = inputsOf(inputShapes, 3, 1);
      const parameters = createParameters(spec, resolved, inputShapes, 1);
      const y = runLayer(spec, { config: resolved, batch: 3, inputShapes, inputs, parameters });
      if (spec.name === 'eulerInteraction') {
        // Through a logarithm, an angle and an exponential
        expectClose(y, inputs[0], tolerances.float64.transcendental);
      } else {
        expect(y).toEqual(Array.from(inputs[0]));
      }
    },
  );

  it.each(titled)('leaves the identity at the first step: $title', ({ spec, config, inputShapes }) => {
    const resolved = { ...config, ...spec.starts?.identity };
    const parameters = createParameters(spec, resolved, inputShapes, 1);
    const f = layerFunction(spec, resolved, { batch: 3, inputShapes });
    const values = [...inputsOf(inputShapes, 3, 1), ...Object.values(parameters)];
    const slopes = f.gradient(Float64Array.from(values.flatMap((part) => Array.from(part))));
    let from = f.inputDimension;
    const moving = parameterSpecs(spec, resolved, inputShapes).filter(({ shape }) => {
      from += sizeOf(shape);
      return slopes.slice(from - sizeOf(shape), from).some((slope) => slope !== 0);
    });
    const zeros = parameterSpecs(spec, resolved, inputShapes).filter(
      ({ role, initializer }) => role === 'kernel' && initializer.kind === 'zeros',
    );
    expect(zeros.length).toBeGreaterThan(0);
    expect(moving.map(({ name }) => name)).toEqual(expect.arrayContaining(zeros.map(({ name }) => name)));
  });

  it('is refused where an activation would hold it fast', () => {
    for (const name of ['linear', 'tanh', 'swish', 'gelu', 'leakyRelu', 'elu'] as const)
      expect(() => requireLiveAtZero('layer', 'activation', name)).not.toThrow();
    expect(() => requireLiveAtZero('khatriRao', 'midActivation', 'relu')).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: khatriRao expected midActivation to be 0 at 0 with a slope there for start 'identity', as linear, tanh, swish and leakyRelu are, got 'relu', with value 0 and slope 0.

      Fix: pass start: 'calibrated', or another midActivation]
    `);
    expect(() =>
      requireLiveAtZero('khatriRao', 'midActivation', 'sigmoid'),
    ).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: khatriRao expected midActivation to be 0 at 0 with a slope there for start 'identity', as linear, tanh, swish and leakyRelu are, got 'sigmoid', with value 0.5 and slope 0.25.

      Fix: pass start: 'calibrated', or another midActivation]
    `);
  });
});
