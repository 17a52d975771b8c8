import { evaluatePolynomial } from '@polyneuron/analysis';
import { createWasmBackend } from '@polyneuron/backend-wasm';
import { testRandom } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { datasetInfo } from '../../state/datasets.js';
import { defaultSettings, type Settings } from '../../state/settings.js';
import { Duel } from '../run/duel.js';
import { Pictures } from '../run/pictures.js';
import { layersOf } from '../testing/layersOf.js';
import { formulaOf } from './formulaOf.js';

const backend = createWasmBackend();

async function formulaAfter(settings: Partial<Settings>, steps = 30, extent = 1) {
  const whole = { ...defaultSettings, samples: 100, stop: steps, ...settings };
  const points = Array.from({ length: 20 }, (_, at) => [10 * at, 500 - at * at, 3 * at + 7] as const);
  const duel = await Duel.create(backend, whole, { isClassification: false, points });
  for (let outcome = duel.outcome(); outcome.kind === 'going'; ) outcome = await duel.advance(steps);
  const { network } = duel.contestants[0];
  const pictures = new Pictures(backend, network, duel.objective, duel.data);
  const weights = await duel.contestants[0].weights();
  const { inputNames } = datasetInfo[whole.dataset];
  const formula = await formulaOf({ network, weights, pictures, data: duel.data, inputNames, extent });
  if (!formula) throw new Error('no formula');
  return { formula, pictures, weights, inputNames, duel };
}

describe('formulaOf', () => {
  it.each(['q1', 'q2.q1', 'x1d2', 'h2', 't2d3', 'c2d5', 'f2r3', 'q2r1.q1', 'd3.d1', 'q3.t2d2'])(
    'is exact for %s: equal to the network at 1,000 points',
    async (network) => {
      const { formula, pictures, weights, inputNames, duel } = await formulaAfter({
        network: layersOf(network),
        rate: 0.01,
      });
      expect(formula.isExact).toBe(true);
      expect(formula.degree).toBe(duel.contestants[0].network.degree);
      const random = testRandom(3);
      const x = Float32Array.from({ length: 2000 }, () => 2 * random.uniform() - 1);
      const outputs = await pictures.outputsAt(weights, 'test', () => x);
      const range = Math.max(...outputs) - Math.min(...outputs);
      const polynomial = { variables: inputNames, terms: formula.terms };
      const gaps = Array.from(outputs, (output, at) =>
        Math.abs(evaluatePolynomial(polynomial, x.subarray(2 * at, 2 * at + 2)) - output),
      );
      // Requirement 13 of the site's brief
      expect(Math.max(...gaps) / range).toBeLessThan(1e-5);
      expect(formula.largestGap).toBeLessThan(1e-5);
    },
  );

  it.each(['q4t', 'd4r', 'h1w4', 'c4t'])('is an approximation for %s, and says how good', async (network) => {
    const { formula } = await formulaAfter({ network: layersOf(network), rate: 0.03 });
    expect(formula.isExact).toBe(false);
    expect(formula.degree).toBeLessThanOrEqual(8);
    expect(formula.largestGap).toBeGreaterThan(1e-5);
    expect(formula.largestGap).toBeLessThan(0.2);
  });

  it('undoes the scaling of a pasted table', async () => {
    const exact = await formulaAfter({ dataset: 'csv', network: layersOf('q1'), loss: 'squared' });
    expect(exact.formula.isExact).toBe(true);
    expect(exact.formula.largestGap).toBeLessThan(1e-5);
    const fitted = await formulaAfter({ dataset: 'csv', network: layersOf('q2t'), loss: 'squared' });
    expect(fitted.formula.isExact).toBe(false);
    expect(fitted.formula.largestGap).toBeLessThan(0.05);
  });

  it('finds the polynomial of seed 001 in three variables', async () => {
    const settings = {
      dataset: 'crossSeed',
      network: layersOf('q1'),
      loss: 'squared',
      samples: 1000,
    } as const;
    const { formula } = await formulaAfter(settings, 3000);
    const rounded = formula.terms.map(({ coefficient, exponents }) => [
      Math.round(coefficient * 100) / 100,
      ...exponents,
    ]);
    expect(rounded.filter(([coefficient]) => coefficient !== 0)).toEqual([
      [1, 2, 0, 0],
      [1, 1, 1, 0],
      [1, 0, 1, 1],
      [1, 0, 0, 2],
    ]);
  });
});
