import { describe, expect, it } from 'vitest';
import { compareReports } from '../compare/compareReports.js';
import { comparisonRenderers } from '../compare/renderComparison.js';
import type { BenchReport, BenchResult } from '../report/benchReport.js';
import { readBenchReport } from '../report/readBenchReport.js';
import { renderers } from '../report/renderers.js';
import { compareResults } from '../runner/compareResults.js';
import { fakeEnvironment } from '../runner/testing/fakeWorld.js';
import { contenderLabel, type Runtime } from './runtime.js';

function resultOf(contender: string, level: number, runtime?: Runtime): BenchResult {
  return {
    case: 'cross',
    suite: 'steps',
    contender,
    threads: 1,
    ...(runtime && { runtime, memoryBytes: 100 * 2 ** 20, versions: { engine: '1' } }),
    device: 'fake',
    unit: 'ms/step',
    ...{ median: level, p5: level, p25: level, p75: level, p95: level, mad: 0, samples: 2, runs: 2 },
    ...{ firstCallMs: 1, isWarm: true, flops: 0, bytes: 0, maxError: 0, tolerance: 1e-3 },
    // Two timings in each of four parts, all alike
    timings: Array.from({ length: 8 }, () => level),
  };
}

const reportOf = (...results: readonly BenchResult[]): BenchReport => ({
  version: 1,
  environment: fakeEnvironment,
  peak: null,
  baseline: 'stock',
  results: compareResults(
    results.map((result) => ({ result, timings: result.timings ?? [] })),
    { baseline: 'stock', peak: null, seed: 1 },
  ),
  errors: [],
  missing: [{ case: '*', contender: 'other', runtime: 'chromium', reason: 'no WebGPU' }],
});

const report = reportOf(
  resultOf('own', 2, 'node'),
  resultOf('stock', 6, 'node'),
  resultOf('own', 4, 'chromium'),
  resultOf('stock', 8, 'chromium'),
);

describe('results of two runtimes', () => {
  it('have labels of their own, those of Node the old ones', () => {
    expect(report.results.map(contenderLabel)).toEqual([
      'own',
      'stock',
      'own in chromium',
      'stock in chromium',
    ]);
    expect(contenderLabel({ contender: 'own' })).toBe('own');
  });

  it('compare with the baseline of the same runtime, or with any where it has none there', () => {
    expect(report.results.map(({ ratio }) => ratio)).toEqual([3, undefined, 2, undefined]);
    const { results } = reportOf(resultOf('stock', 6, 'node'), resultOf('own', 4, 'chromium'));
    expect(results[1].ratio).toBe(1.5);
  });

  it('are told apart in text', () => {
    expect(renderers.text(report)).toMatchInlineSnapshot(`
      "Fake CPU, 2 cores; Node 20.0.0, V8 11.3; simd
      before the run: load average 0.00 on 2 cores
      no peak: WebAssembly SIMD does not run here
      ratio: median of stock / median of the contender, above 1 is faster than stock in the same runtime, where it took part there
      own: engine 1
      stock: engine 1
      own in chromium: engine 1
      stock in chromium: engine 1

      case   contender  runtime   threads  median     p5    p95  MAD  unit     ratio  95 % interval  first call ms  peak MiB  max error
      cross  own        node            1   2.000  2.000  2.000    0  ms/step   3.00   3.00 to 3.00            1.0       100     0.0e+0
      cross  stock      node            1   6.000  6.000  6.000    0  ms/step                                  1.0       100     0.0e+0
      cross  own        chromium        1   4.000  4.000  4.000    0  ms/step   2.00   2.00 to 2.00            1.0       100     0.0e+0
      cross  stock      chromium        1   8.000  8.000  8.000    0  ms/step                                  1.0       100     0.0e+0

      not measured: other in chromium: no WebGPU
      "
    `);
  });

  it('are told apart in every other format', () => {
    const entries = JSON.parse(renderers['action-benchmark'](report)) as { readonly name: string }[];
    expect(entries.map(({ name }) => name)).toEqual([
      'cross own 1 thread',
      'cross stock 1 thread',
      'cross own in chromium 1 thread',
      'cross stock in chromium 1 thread',
    ]);
    const { benchmarks } = JSON.parse(renderers['google-benchmark'](report));
    const names = (benchmarks as { readonly run_name: string }[]).map((one) => one.run_name);
    expect([...new Set(names)]).toEqual([
      'cross/own/threads:1',
      'cross/stock/threads:1',
      'cross/own_in_chromium/threads:1',
      'cross/stock_in_chromium/threads:1',
    ]);
    expect(renderers.csv(report).split('\n')[3]).toMatch(/,chromium,104857600$/);
    expect(renderers.markdown(report)).toContain('| cross | own | chromium | 1 |');
  });

  it('are read again', () => {
    expect(readBenchReport(renderers.json(report))).toEqual(report);
    const wrong = { ...report, results: [{ ...report.results[0], runtime: 1, memoryBytes: 'much' }] };
    expect(() => readBenchReport(JSON.stringify(wrong))).toThrow(
      'results[0].runtime, results[0].memoryBytes',
    );
  });
});

describe('compareReports', () => {
  it('compares a runtime with itself, and Node with reports that name no runtime', () => {
    const old = reportOf(resultOf('own', 2));
    const { rows, onlyInHead } = compareReports(old, report);
    expect(rows.map((row) => [contenderLabel(row), row.ratio])).toEqual([['own', 1]]);
    expect(onlyInHead.map(contenderLabel)).toEqual(['stock', 'own in chromium', 'stock in chromium']);
  });

  it('divides by the control of the same runtime', () => {
    const comparison = compareReports(report, report, { control: 'stock' });
    expect(comparison.rows.map(contenderLabel)).toEqual(['own', 'own in chromium']);
    expect(comparisonRenderers.text(comparison)).toContain('own in chromium');
    const slower = reportOf(...report.results.slice(0, 3), resultOf('stock', 16, 'chromium'));
    const changes = compareReports(report, slower, { control: 'stock' }).rows.map(({ ratio }) => ratio);
    expect(changes).toEqual([1, 0.5]);
  });

  it('says why a runtime lacks a contender', () => {
    const other = resultOf('other', 1, 'chromium');
    const { onlyInBase } = compareReports(reportOf(...report.results, other), report);
    expect(onlyInBase).toEqual([
      {
        case: 'cross',
        contender: 'other',
        runtime: 'chromium',
        threads: 1,
        reason: 'no WebGPU',
        hasFailed: false,
      },
    ]);
  });
});
