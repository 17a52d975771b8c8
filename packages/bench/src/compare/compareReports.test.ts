import { describe, expect, it } from 'vitest';
import type { BenchReport, BenchResult } from '../report/benchReport.js';
import { fakeEnvironment } from '../runner/testing/fakeWorld.js';
import { compareReports } from './compareReports.js';
import { regressionsOf } from './comparison.js';
import { comparisonRenderers } from './renderComparison.js';

/** Timings around `level`, by at most 1 %. */
const around = (level: number) => Array.from({ length: 30 }, (_, at) => level * (1 + 0.01 * Math.sin(at)));

function resultOf(name: string, contender: string, level: number): BenchResult {
  return {
    case: name,
    suite: 'steps',
    contender,
    threads: 1,
    device: 'fake',
    unit: 'ms/step',
    median: level,
    p5: level,
    p25: level,
    p75: level,
    p95: level,
    mad: 0,
    samples: 30,
    runs: 30,
    firstCallMs: 1,
    isWarm: true,
    flops: 1000,
    bytes: 1000,
    maxError: 0,
    tolerance: 1e-3,
    timings: around(level),
  };
}

function reportOf(results: readonly BenchResult[], part: Partial<BenchReport> = {}): BenchReport {
  const peak = { gflops: 60, variant: 'products of 6', bandwidthGBs: 20 };
  return {
    version: 1,
    environment: fakeEnvironment,
    peak,
    baseline: 'stock',
    results,
    errors: [],
    missing: [],
    ...part,
  };
}

const base = reportOf([
  resultOf('cross', 'own', 2),
  resultOf('cross', 'stock', 4),
  resultOf('lift', 'own', 1),
  resultOf('taylor-cnn', 'own', 9),
]);
const head = reportOf(
  [
    resultOf('cross', 'own', 3),
    { ...resultOf('cross', 'stock', 4), versions: { tfjs: '4.22' }, flops: 900 },
    resultOf('mnist-mlp', 'own', 1),
  ],
  {
    environment: {
      ...fakeEnvironment,
      runtime: 'Node 22.0.0',
      flags: ['--jitless'],
      warnings: ['others are working'],
    },
    peak: { gflops: 40, variant: 'products of 6', bandwidthGBs: 20 },
    errors: [
      {
        case: 'lift',
        contender: 'own',
        threads: 1,
        maxError: 1,
        tolerance: 1e-3,
        message: 'not timed: wrong\nmore',
      },
    ],
  },
);

describe('compareReports', () => {
  it('flags a case whose whole interval lies beyond the limit, either way', () => {
    const [own, stock] = compareReports(base, head).rows;
    expect(own.ratio).toBeCloseTo(1.5, 6);
    expect(own.interval[0]).toBeGreaterThan(1.4);
    expect([own.change, stock.change]).toEqual(['slower', 'no difference']);
    expect(compareReports(head, base).rows[0].change).toBe('faster');
  });

  it('leaves alone what lies inside the limit', () => {
    expect(compareReports(base, head, { failOn: 0.6 }).rows[0].change).toBe('no difference');
  });

  it('leaves alone what a contender differs from itself by', () => {
    const noise = [
      { case: 'cross', contender: 'stock', threads: 1, ratio: 1, ratioInterval: [0.6, 1.1] as const },
    ];
    expect(compareReports(base, { ...head, noise }).rows[0]).toMatchObject({
      noise: 1 / 0.6,
      change: 'no difference',
    });
  });

  it('leaves alone what the timings of one run wander by', () => {
    const wandering = [...around(2).slice(0, 15), ...around(3).slice(0, 15)];
    const unsteady = reportOf([{ ...resultOf('cross', 'own', 3), timings: wandering }]);
    const { noise, change } = compareReports(unsteady, head).rows[0];
    expect(noise).toBeGreaterThan(1.45);
    expect(change).toBe('no difference');
  });

  it('puts several runs together, and leaves alone what their two best differ by', () => {
    const at = (level: number) => reportOf([resultOf('cross', 'own', level)]);
    const [row] = compareReports([at(2.9), at(2.1), at(2)], [at(2.4), at(9), at(2.5)]).rows;
    expect(row.noise).toBeCloseTo((2.1 / 2) * (2.5 / 2.4), 6);
    expect(row.ratio).toBeCloseTo(1.2, 6);
    expect([row.baseMedian.toFixed(1), row.headMedian.toFixed(1), row.change]).toEqual([
      '2.1',
      '2.5',
      'no difference',
    ]);
    expect(compareReports(at(2), at(2.4)).rows[0].change).toBe('slower');
    expect(compareReports([at(2), at(2.1), at(9)], [at(9), at(3.9), at(4)]).rows[0].change).toBe('slower');
    const { rows, onlyInBase } = compareReports([base, head], head);
    expect([rows.length, onlyInBase.length]).toEqual([2, 2]);
  });

  it('divides by the control, which is what the machine did', () => {
    const slowMachine = reportOf([resultOf('cross', 'own', 3), resultOf('cross', 'stock', 6)]);
    expect(compareReports(base, slowMachine).rows[0].change).toBe('slower');
    const { rows } = compareReports(base, slowMachine, { control: 'stock' });
    expect(rows.map(({ contender, change }) => [contender, change])).toEqual([['own', 'no difference']]);
    expect(rows[0].ratio).toBeCloseTo(1, 6);
  });

  it('stops a pipeline for what is slower and for what fails, not for what was not measured', () => {
    expect(regressionsOf(compareReports(base, head))).toEqual([
      'cross, own, 1 thread: 1.50 times the time',
      'lift, own, 1 thread: not timed: wrong',
    ]);
  });

  it('text: the table, and everything that makes it doubtful or incomplete', () => {
    expect(comparisonRenderers.text(compareReports(base, head))).toMatchInlineSnapshot(`
      "base: 1 run, 2026-01-01T00:00:00.000Z, Fake CPU, Node 20.0.0
      head: 1 run, 2026-01-01T00:00:00.000Z, Fake CPU, Node 22.0.0
      base, head: the shortest time of all runs of a side, which others on the machine can only have made longer
      slower or faster: the whole interval beyond 10.0 % and the noise of both sides; all intervals together hold with 95 %

      case   contender  threads   base   head  unit      change            interval    noise  medians  verdict
      cross  own              1  1.980  2.970  ms/step  +50.0 %  +49.8 % to +50.1 %  ± 0.1 %  +50.0 %  slower
      cross  stock            1  3.960  3.960  ms/step   +0.0 %    -0.2 % to +0.1 %  ± 0.1 %   +0.0 %  no difference

      warning: runtime: Node 20.0.0 and Node 22.0.0
      warning: flags: '' and '--jitless'
      warning: the peak was 60.0 GFLOP/s in base and 40.0 in head: one of the runs was disturbed
      warning: head: others are working
      warning: stock: tfjs none and 4.22
      warning: cross: 1000 and 900 flops, the program is another one
      failed in head: lift, own (1): not timed: wrong
      only in base: taylor-cnn, own (1): it was not measured
      only in head: mnist-mlp, own (1): in base it was not measured
      "
    `);
  });

  it('markdown: what a pull request shows', () => {
    expect(
      comparisonRenderers.markdown(compareReports(base, head, { control: 'stock' })),
    ).toMatchInlineSnapshot(`
      "- base: 1 run, 2026-01-01T00:00:00.000Z, Fake CPU, Node 20.0.0
      - head: 1 run, 2026-01-01T00:00:00.000Z, Fake CPU, Node 22.0.0
      - base, head: the shortest time of all runs of a side, which others on the machine can only have made longer
      - slower or faster: the whole interval beyond 10.0 % and the noise of both sides; all intervals together hold with 95 %
      - each change is that of the medians against stock in the same rounds

      | case | contender | threads | base | head | unit | change | interval | noise | medians | verdict |
      | --- | --- | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: | --- |
      | cross | own | 1 | 1.980 | 2.970 | ms/step | +50.0 % | +50.0 % to +50.0 % | ± 0.0 % | +50.0 % | **slower** |

      - warning: runtime: Node 20.0.0 and Node 22.0.0
      - warning: flags: '' and '--jitless'
      - warning: the peak was 60.0 GFLOP/s in base and 40.0 in head: one of the runs was disturbed
      - warning: head: others are working
      - warning: stock: tfjs none and 4.22
      - warning: cross: 1000 and 900 flops, the program is another one
      - failed in head: lift, own (1): not timed: wrong
      - only in base: taylor-cnn, own (1): it was not measured
      - only in head: mnist-mlp, own (1): in base it was not measured
      "
    `);
  });

  it('json: the comparison itself', () => {
    const comparison = compareReports(base, head);
    expect(JSON.parse(comparisonRenderers.json(comparison))).toEqual(comparison);
  });

  it('rejects reports of two machines, unless asked to take them', () => {
    const other = { ...head, environment: { ...fakeEnvironment, cpu: 'Other CPU', cores: 8 } };
    expect(() => compareReports(base, other)).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: bench compare expected two reports of one machine, got processor: Fake CPU and Other CPU; cores: 2 and 8.

      Fix: measure both on one machine, or compare all the same with --allow-other-machine]
    `);
    expect(compareReports(base, other, { allowsOtherMachine: true }).warnings.slice(0, 2)).toEqual([
      'different machines, processor: Fake CPU and Other CPU',
      'different machines, cores: 2 and 8',
    ]);
  });

  it('rejects reports without anything in common', () => {
    expect(() => compareReports(base, reportOf([]))).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: bench compare expected a result that both reports have, got cross of own, cross of stock, lift of own, taylor-cnn of own and nothing.

      Fix: measure the same cases, contenders and threads on both sides]
    `);
  });

  it('rejects results without timings', () => {
    const { timings: _, ...untimed } = resultOf('cross', 'own', 2);
    expect(() => compareReports(reportOf([untimed]), head)).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: bench compare expected at least two timings of every result, from which intervals are made, got 0 of cross, own, 1 thread.

      Fix: measure again with this version, and more than one round]
    `);
  });

  it('rejects a control that a case lacks', () => {
    const twoCases = reportOf([...base.results, resultOf('mnist-mlp', 'own', 1)]);
    expect(() => compareReports(twoCases, head, { control: 'stock' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: bench compare expected both reports to have 'stock' on mnist-mlp, to compare with, got none.

      Fix: measure it in both runs: --contenders ...,stock; or leave the control out]
    `);
  });
});
