import type { Environment } from '../environment/captureEnvironment.js';
import { contenderLabel } from '../remote/runtime.js';
import type { BenchReport, BenchResult } from '../report/benchReport.js';

type Fact = (environment: Environment) => string;

/** What makes times of two reports incomparable. */
const facts: Readonly<Record<string, Fact>> = {
  processor: ({ cpu }) => cpu,
  cores: ({ cores }) => String(cores),
  platform: ({ platform }) => platform.split(' ')[0] as string,
  runtime: ({ runtime, browser }) => (browser ? 'browser' : (runtime.split(' ')[0] as string)),
  'WebAssembly SIMD': ({ simd }) => simd.join(' and ') || 'none',
};

/** 'processor: X and Y', for each fact that differs. */
export function machineDifferences(base: Environment, head: Environment): string[] {
  return Object.entries(facts).flatMap(([name, fact]) =>
    fact(base) === fact(head) ? [] : [`${name}: ${fact(base)} and ${fact(head)}`],
  );
}

/** Peaks of one machine this far apart say that one of the runs was disturbed, or the clock of the processor lowered. */
const peakShare = 0.15;

/** What makes a comparison doubtful, though not void. */
export function describeDoubts(base: BenchReport, head: BenchReport): string[] {
  const sides = { base, head };
  return [
    ...(base.environment.runtime === head.environment.runtime
      ? []
      : [`runtime: ${base.environment.runtime} and ${head.environment.runtime}`]),
    ...(base.environment.flags.join(' ') === head.environment.flags.join(' ')
      ? []
      : [`flags: '${base.environment.flags.join(' ')}' and '${head.environment.flags.join(' ')}'`]),
    ...peakDoubts(base, head),
    ...Object.entries(sides).flatMap(([side, { environment, run }]) => [
      ...environment.warnings.map((warning) => `${side}: ${warning}`),
      ...(run && !run.isComplete ? [`${side}: the run was stopped before its last case`] : []),
      ...(run?.voidedBy === undefined ? [] : [`${side}: no figure counts, ${run.voidedBy}`]),
    ]),
  ];
}

function peakDoubts({ peak: a }: BenchReport, { peak: b }: BenchReport): string[] {
  if (!a || !b || Math.abs(Math.log(b.gflops / a.gflops)) <= Math.log(1 + peakShare)) return [];
  return [
    `the peak was ${a.gflops.toFixed(1)} GFLOP/s in base and ${b.gflops.toFixed(1)} in head: one of the runs was disturbed`,
  ];
}

/** Software and arithmetic that differ between two results of one case. */
export function describeResultDoubts(base: BenchResult, head: BenchResult): string[] {
  const names = [...new Set([...Object.keys(base.versions ?? {}), ...Object.keys(head.versions ?? {})])];
  return [
    ...names.flatMap((name) => {
      const [a, b] = [base.versions?.[name] ?? 'none', head.versions?.[name] ?? 'none'];
      return a === b ? [] : [`${contenderLabel(base)}: ${name} ${a} and ${b}`];
    }),
    ...(base.flops === head.flops
      ? []
      : [`${base.case}: ${base.flops} and ${head.flops} flops, the program is another one`]),
  ];
}
