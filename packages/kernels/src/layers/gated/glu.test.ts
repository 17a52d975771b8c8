import { constant, interpretNodes } from '@polyneuron/graph';
import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { type ActivationName, activation } from '../../activations/activations.js';
import { createParameters, parameterSpecs } from '../parameters.js';
import { quadDenseSpec } from '../quadratic/quadDense.js';
import { backwardVariance, forwardVariances } from '../quadratic/testing/stackVariances.js';
import { expectSecondMoment, gaussianGrid } from '../quadratic/testing/unitMoments.js';
import { denseSpec } from '../stock/dense.js';
import { runLayer } from '../testing/runLayer.js';
import { gateLaws } from './gateStart.js';
import { type GluConfig, gluSpec } from './glu.js';

const gates = Object.keys(gateLaws) as ActivationName[];

/** E act(mean + deviation z)² for z ~ N(0, 1), by the trapezoid rule, exact far beyond the digits compared. */
function secondMoment(name: ActivationName, mean: number, deviation: number): number {
  const points = Array.from({ length: 40_001 }, (_, at) => (at - 20_000) / 2000);
  const values = points.map((z) => mean + deviation * z);
  const [applied] = interpretNodes([activation(name).apply(constant(values, [values.length]))]);
  const weighted = points.map((z, at) => applied[at] ** 2 * Math.exp((-z * z) / 2));
  return weighted.reduce((total, value) => total + value, 0) / 2000 / Math.sqrt(2 * Math.PI);
}

describe('glu', () => {
  it('computes the hand-worked examples', () => {
    const parameters = { gateKernel: [1, -1], valueKernel: [2, 3], gateBias: [1], valueBias: [1] };
    const run = { inputShapes: [[2]], inputs: [[1, 2]], parameters };
    // gate(1 - 2 + 1) · (2 + 6 + 1): σ(0) = 1/2
    expect(runLayer(gluSpec, { ...run, config: { units: 1 } })).toEqual([4.5]);
    expect(runLayer(gluSpec, { ...run, config: { units: 1, gate: 'relu' } })).toEqual([0]);
    const open = { ...parameters, gateBias: [4] };
    expect(runLayer(gluSpec, { ...run, config: { units: 1, gate: 'relu' }, parameters: open })).toEqual([27]);
  });

  it("with gate 'linear' is quadDense of variant 'product'", () => {
    const config = { units: 3, gate: 'linear', start: 'random' } as const;
    const { gateKernel, valueKernel } = createParameters(gluSpec, config, [[4]], 1);
    const [gateBias, valueBias] = [
      [0.5, -1, 2],
      [1, 0, -0.25],
    ];
    const run = { batch: 3, inputShapes: [[4]], inputs: [testRandom(4).normals(12)] };
    const product = { kernelR: valueKernel, kernelG: gateKernel, biasR: valueBias, biasG: gateBias };
    expect(
      runLayer(gluSpec, { ...run, config, parameters: { gateKernel, valueKernel, gateBias, valueBias } }),
    ).toEqual(
      runLayer(quadDenseSpec, {
        ...run,
        config: { units: 3, variant: 'product', start: 'random' },
        parameters: product,
      }),
    );
  });

  it.each(gates)('knows the constants of gate %s', (name) => {
    const { bias, value, secondMoment: nearOne, plainSecondMoment } = gateLaws[name];
    const [atBias] = interpretNodes([activation(name).apply(constant([bias], [1]))]);
    expectClose(atBias, [value], tolerances.float64.transcendental);
    expect(Math.abs(secondMoment(name, bias, 1 / 8) - nearOne)).toBeLessThan(1e-7);
    expect(Math.abs(secondMoment(name, 0, 1) - plainSecondMoment)).toBeLessThan(1e-7);
  });

  it.each(gates)("is linear with start 'linear' and gate %s", (gate) => {
    const config: Partial<GluConfig> = { units: 3, gate, start: 'linear' };
    const { gateKernel, gateBias, valueKernel, valueBias } = createParameters(gluSpec, config, [[4]], 1);
    const run = { batch: 3, inputShapes: [[4]], inputs: [testRandom(4).normals(12)] };
    const y = runLayer(gluSpec, {
      ...run,
      config,
      parameters: { gateKernel, gateBias, valueKernel, valueBias },
    });
    const kernel = Array.from(valueKernel, (value) => gateLaws[gate].value * value);
    const linear = runLayer(denseSpec, {
      ...run,
      config: { units: 3 },
      parameters: { kernel, bias: valueBias },
    });
    // The gate's bias is stored in float32
    expectClose(y, linear, tolerances.float32.elementwise);
    const specs = parameterSpecs(gluSpec, config, [[4]]);
    expect(specs.filter(({ group }) => group === 'higherOrder').map(({ name }) => name)).toEqual([
      'gateKernel',
      'gateBias',
    ]);
  });

  it.each(gates.flatMap((gate) => [true, false].map((useBias) => [gate, useBias] as const)))(
    "has second moment 1 with start 'calibrated' and gate %s, biases: %s",
    (gate, useBias) => {
      const config: Partial<GluConfig> = { units: 4000, gate, useBias };
      if (useBias || gate === 'linear' || gate === 'sigmoid') {
        const parameters = createParameters(gluSpec, config, [[3]], 3);
        const y = runLayer(gluSpec, { ...gaussianGrid, config, parameters });
        expectSecondMoment(y, 1);
        return;
      }
      // The grid is exact for polynomials alone, and the law up to terms of order 1/n: many features, many draws
      const [width, batch] = [64, 200];
      const parameters = createParameters(gluSpec, { ...config, units: 64 }, [[width]], 3);
      const inputs = [testRandom(1).normals(batch * width)];
      const run = { config: { ...config, units: 64 }, batch, inputShapes: [[width]], inputs, parameters };
      const y = runLayer(gluSpec, run);
      const moment = y.reduce((total, value) => total + value * value, 0) / y.length;
      // A sample's |x|⁴ and a unit's weights vary by √(8 / 64) and about √(4 / 64) of their means: standard error about
      // √(1 / 8 / 200 + 1 / 16 / 64) = 0.04, bias 1 / 64 or less
      expect(Math.abs(moment - 1)).toBeLessThan(0.16);
    },
  );

  it.each(gates)('keeps the variance of eight layers of width 64 within a factor of 4, gate %s', (gate) => {
    const stack = { width: 64, depth: 8, batch: 8, seed: 2 };
    const variances = [
      ...forwardVariances(gluSpec, { units: 64, gate }, stack),
      backwardVariance(gluSpec, { units: 64, gate }, stack),
    ];
    expect(Math.max(...variances)).toBeLessThan(4);
    expect(Math.min(...variances)).toBeGreaterThan(1 / 4);
    expect(forwardVariances(gluSpec, { units: 64, gate, start: 'random' }, stack)[7]).toSatisfy(
      (last: number) => last < 1e-3 || last > 4,
    );
  });

  it('gives a law of the user to every kernel that does not start at zero', () => {
    const kernelInitializer = { kind: 'constant', value: 0.5 } as const;
    const of = (start: GluConfig['start']) => {
      const { gateKernel, valueKernel } = createParameters(
        gluSpec,
        { units: 1, start, kernelInitializer },
        [[1]],
        1,
      );
      return [gateKernel[0], valueKernel[0]];
    };
    expect([of('calibrated'), of('linear'), of('random')]).toEqual([
      [0.5, 0.5],
      [0, 0.5],
      [0.5, 0.5],
    ]);
  });

  it('takes any activation as a gate with start random', () => {
    const parameters = { gateKernel: [1], valueKernel: [1], gateBias: [0], valueBias: [0] };
    const config = { units: 1, gate: 'tanh', start: 'random' } as const;
    expect(runLayer(gluSpec, { config, inputShapes: [[1]], inputs: [[2]], parameters })).toEqual([
      2 * Math.tanh(2),
    ]);
  });

  it('rejects what it does not take', () => {
    const run = (config: object, inputShapes = [[3]]) =>
      expect(() => runLayer(gluSpec, { config, inputShapes, inputs: [] }));
    run({ units: -1 }).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: glu expected units to be a whole number of at least 1, got -1.

      Fix: pass a whole number from 1 on]
    `);
    run({ units: 1, gate: 'sigmoyd' }).toThrow(/sigmoid/);
    run({ units: 1, gate: 'tanh' }).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: glu expected gate to be one of sigmoid, linear, relu, gelu, geluTanh, swish with start 'calibrated', got 'tanh'.

      Fix: pass start: 'random' for other gates]
    `);
    run({ units: 1, start: 'relinear' }).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: glu expected start to be one of 'calibrated', 'linear', 'random', got 'relinear'.

      Fix: check the spelling of the value]
    `);
    run({ units: 1, gate: 'silu', start: 'linear', useBias: false }).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: glu expected useBias: true with start 'linear', whose gate 'silu' is held at 1 by its bias, got useBias: false.

      Fix: keep the biases, or pass start: 'calibrated']
    `);
    run({ units: 1 }, [[2], [2]]).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: glu expected one input of rank 2 or more, got [batch, 2] and [batch, 2].

      Fix: join the inputs first, for example with concatenate]
    `);
  });
});
