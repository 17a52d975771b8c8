import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import type { ComparedContender, Comparison } from '../../compare/comparison.js';
import { renderComparisonText } from '../../compare/renderComparisonText.js';
import { summarizeDifference, summarizeSeeds } from '../../compare/summarizeSeeds.js';
import { renderComparison } from './comparePage.js';

const baseline = [1.2, 1.3, 1.25];
const contender = (name: string, values: number[]): ComparedContender => ({
  name,
  layers: `${name}:4,dense:1`,
  size: 4,
  sizeName: 'units',
  parameters: 49,
  flops: 98,
  residue: -0.02,
  learningRate: 0.01,
  rates: [
    { learningRate: 0.01, validationLoss: 0.2 },
    { learningRate: 0.1, validationLoss: Number.POSITIVE_INFINITY },
  ],
  test: { rmse: summarizeSeeds(values) },
  difference: values === baseline ? null : summarizeDifference(values, baseline),
  seconds: summarizeSeeds([0.1, 0.2, 0.3]),
  curves: values.map((value) => [2 * value, value]),
});

const comparison: Comparison = {
  version: 1,
  task: '<b>friedman</b>',
  provenance: 'made here',
  measure: 'parameters',
  budget: 50,
  seeds: [1, 2, 3],
  epochs: 2,
  batchSize: 8,
  optimizer: 'adam',
  loss: 'meanSquaredError',
  metric: { name: 'rmse', isHigherBetter: false },
  isStandardized: true,
  device: 'a machine',
  contenders: [
    contender('dense', baseline),
    contender('quadDense', [0.9, 0.95, 0.91]),
    { ...contender('taylor', [Number.NaN, 1, 1]), curves: [[], [2, 1], [2, 1]] },
  ],
};

describe('renderComparison', () => {
  const page = renderComparison(comparison, '1.2.3');
  const { document } = parseHTML(page);

  it('ranks the contenders, those that diverged last', () => {
    const names = Array.from(
      document.querySelectorAll('#ranking ~ * tbody tr, #ranking ~ table tbody tr'),
    ).map((row) => row.firstElementChild?.textContent);
    expect(names).toEqual(['quadDense', 'dense', 'taylor']);
    expect(page).toContain('better');
    expect(page).toContain('diverged');
  });

  it('has a chart of runs and one of learning, both described in words', () => {
    const charts = Array.from(document.querySelectorAll('svg.plot[role=img]'));
    expect(charts.map((chart) => chart.getAttribute('aria-label')?.slice(0, 14))).toEqual([
      'rmse: quadDens',
      'Loss on the te',
    ]);
    // Two contenders with three runs each; the third diverged
    expect(charts[0]?.querySelectorAll('[aria-label=dot] circle')).toHaveLength(6);
  });

  it('escapes every text, loads nothing and runs nothing', () => {
    expect(page).toContain('&lt;b&gt;friedman');
    expect(page).not.toMatch(/<script|<link|<img|https?:\/\/(?!www\.w3\.org)/);
  });
});

describe('renderComparisonText', () => {
  it('is a table, best first', () => {
    expect(renderComparisonText({ ...comparison, task: 'friedman' })).toMatchInlineSnapshot(`
      "friedman: 50 parameters, 3 seeds, 2 epochs

      contender  size  parameters  off budget  test rmse   95 % ±  against dense  rate   time
      ─────────  ────  ──────────  ──────────  ─────────  ───────  ─────────────  ────  ─────
      quadDense     4          49      -2.0 %       0.92  0.06573  better         0.01  0.2 s
      dense         4          49      -2.0 %       1.25   0.1242  baseline       0.01  0.2 s
      taylor        4          49      -2.0 %        NaN      NaN  diverged       0.01  0.2 s"
    `);
  });
});
