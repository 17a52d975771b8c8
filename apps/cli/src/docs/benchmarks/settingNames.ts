/** @file Cases and contenders of a report as rows and columns. */
import { type BenchReport, type BenchResult, contenderLabel } from '@polyneuron/bench';

/** Names of the cases that were timed, in the order of the report. */
function timedCases({ results }: BenchReport): readonly string[] {
  return [...new Set(results.map((result) => result.case))];
}

/** Those that the baseline took part in, with somebody else. */
export function comparedCases(report: BenchReport): readonly string[] {
  return timedCases(report).filter((name) =>
    report.results.some((one) => one.case === name && one.ratio !== undefined),
  );
}

/** Contenders at their thread counts, in the order of the report: 'polyneuron-wasm, 2 threads'. */
export function timedSettings({ results }: BenchReport): readonly string[] {
  return [...new Set(results.map(nameOfSetting))];
}

export function nameOfSetting(named: Pick<BenchResult, 'contender' | 'runtime' | 'threads'>): string {
  const { threads } = named;
  return threads === 1 ? contenderLabel(named) : `${contenderLabel(named)}, ${threads} threads`;
}

export function resultOf(report: BenchReport, name: string, setting: string): BenchResult | undefined {
  return report.results.find((one) => one.case === name && nameOfSetting(one) === setting);
}

/** Times as fast as the baseline, which is 1 itself. */
export function ratioOf({ baseline }: BenchReport, result: BenchResult | undefined): number | undefined {
  return result?.ratio ?? (result?.contender === baseline ? 1 : undefined);
}
