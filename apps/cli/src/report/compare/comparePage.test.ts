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

describe('what the models compute', () => {
  const names = ['x1', 'x2'];
  const strengths = (size: number) => ({
    names,
    values: [
      [0, size],
      [size, 0],
    ],
    statistic: 'rms' as const,
    isInputIndependent: true,
  });
  const polynomial = {
    variables: names,
    terms: [
      { coefficient: 3, exponents: [1, 1] },
      { coefficient: -0.5, exponents: [0, 1] },
    ],
    text: '3 x1 x2 - 0.5 x2',
    degree: 2,
    termCount: 6,
    tolerance: 0.03,
  };
  const [dense, quadDense, taylor] = comparison.contenders as [
    ComparedContender,
    ComparedContender,
    ComparedContender,
  ];
  const draw = (size: number): Document =>
    parseHTML(
      renderComparison(
        {
          ...comparison,
          contenders: [
            { ...dense, polynomial: { reason: 'no polynomial: max of <it>' }, interactions: strengths(size) },
            { ...quadDense, polynomial, interactions: strengths(1) },
            taylor,
          ],
        },
        '1.2.3',
      ),
    ).document;
  const fills = (document: Document): (string | undefined)[] =>
    Array.from(document.querySelectorAll('.maps svg.plot')).map(
      (map) => /\d+\.\d%/.exec(map.querySelectorAll('[aria-label=cell] rect')[1]!.getAttribute('fill')!)?.[0],
    );

  it('is left out where no model was read', () => {
    expect(parseHTML(renderComparison(comparison, '1.2.3')).document.querySelector('#readings')).toBeNull();
  });

  it('has a map of every contender that was read, in colours of one scale', () => {
    const document = draw(0.5);
    expect(
      Array.from(document.querySelectorAll('.maps .panel-title')).map((name) => name.textContent),
    ).toEqual(['quadDense', 'dense']);
    expect(fills(document)).toEqual(['100.0%', '50.0%']);
    expect(document.querySelector('.maps svg.plot')!.getAttribute('aria-label')).toBe(
      'Strengths of pairs in quadDense. Strongest first: x1 with x2 1.000. The 2 other pairs: at most 0.',
    );
  });

  it('ends the scale where one contender is far beyond the others', () => {
    const document = draw(100);
    expect(fills(document)).toEqual(['50.0%', '100.0%']);
    expect(document.querySelector('.scale')!.textContent).toContain('2.000 and more');
  });

  it('prints polynomials, or why there is none', () => {
    const rows = Array.from(draw(1).querySelectorAll('#readings ~ .scroll tbody tr')).map((row) =>
      Array.from(row.children).map((cell) => cell.textContent),
    );
    expect(rows).toEqual([
      ['quadDense', '2', '6', '3\u202fx₁·x₂ − 0.5000\u202fx₂ and 4 more terms'],
      ['dense', '–', '–', 'no polynomial: max of <it>'],
    ]);
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
