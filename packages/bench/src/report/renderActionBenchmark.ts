import { contenderLabel } from '../remote/runtime.js';
import type { BenchReport } from './benchReport.js';
import { formatRatio, formatTime } from './reportRows.js';

/** One entry of github-action-benchmark's `customSmallerIsBetter`. */
export interface ActionBenchmarkEntry {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly range: string;
  readonly extra: string;
}

/** The JSON that github-action-benchmark reads with tool `customSmallerIsBetter`. */
export function renderActionBenchmark(report: BenchReport): string {
  return `${JSON.stringify(actionBenchmarkEntries(report), null, 2)}\n`;
}

/** Values are medians, ranges the median absolute deviation. */
export function actionBenchmarkEntries({ results, baseline }: BenchReport): ActionBenchmarkEntry[] {
  return results.map(({ case: name, threads, unit, median, mad, p5, p95, samples, ratio, ...who }) => ({
    name: `${name} ${contenderLabel(who)} ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
    unit,
    value: median,
    range: `± ${formatTime(mad)}`,
    extra: [
      `p5 ${formatTime(p5)}, p95 ${formatTime(p95)}, ${samples} timings`,
      ...(ratio === undefined ? [] : [`${formatRatio(ratio)} times ${baseline}`]),
    ].join('\n'),
  }));
}
