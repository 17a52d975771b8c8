import type { ExperimentResult } from '@polyneuron/experiments';
import { describe, expect, it } from 'vitest';
import { renderResult } from './resultTable.js';

const result: ExperimentResult = {
  id: 'cross',
  title: 'Cross against dense',
  summary: '',
  seedDocument: '001',
  backend: 'tfjs cpu',
  dataset: 'cross-polynomial: generated',
  contenders: [
    {
      name: 'dense',
      parameters: 40,
      epochs: 100,
      seconds: 12.34,
      metrics: {
        train: { loss: 0.5, mse: 0.5, rmse: Math.SQRT1_2 },
        test: { loss: 0.25, mse: 0.25, rmse: 0.5 },
      },
      history: {},
    },
    {
      name: 'featureCross',
      parameters: 16,
      epochs: 100,
      seconds: 9,
      metrics: {
        train: { loss: 1e-12, mse: 1e-12, rmse: 1e-6 },
        test: { loss: 1e-12, mse: 1e-12, rmse: 1e-6 },
      },
      history: {},
    },
  ],
  published: [
    { name: 'dense', metric: 'mse', value: 0.4745, note: 'text' },
    { name: 'dense', metric: 'mse', value: 2.4e-3, note: 'table' },
    { name: 'dense', metric: 'train mse', value: 0.4751, note: 'text' },
    { name: 'featureCross', metric: 'mse', value: null, note: 'plot' },
    { name: 'transformer', metric: 'mse', value: 1, note: 'not run' },
  ],
  figures: [],
};

describe('renderResult', () => {
  it('sets the published figures beside ours', () => {
    expect(renderResult(result)).toMatchInlineSnapshot(`
      "cross: Cross against dense (document 001)
      backend tfjs cpu; data cross-polynomial: generated

      contender     parameters  epochs   time  train mse  published  test mse  published
      ────────────  ──────────  ──────  ─────  ─────────  ─────────  ────────  ─────────
      dense                 40     100   12 s        0.5     0.4751      0.25     0.4745
                                                                                  0.0024
      featureCross          16     100  9.0 s   1.00e-12          –  1.00e-12  no number
      published only: transformer, mse 1 (not run)"
    `);
  });

  it('shows a metric of a set that only one contender has', () => {
    const [dense, cross] = result.contenders;
    const outOfRange = { mse: 5 };
    const contenders = [{ ...dense!, metrics: { ...dense!.metrics, outOfRange } }, cross!];
    const [header] = renderResult({ ...result, contenders, published: [] })
      .split('\n')
      .slice(3);
    expect(header).toMatch(/out of range mse$/);
  });
});
