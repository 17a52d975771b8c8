/** @file The columns that tables show, shared by text and Markdown. */
import { describeLoad } from '../environment/describeLoad.js';
import { contenderLabel, runtimeOf } from '../remote/runtime.js';
import type { BenchReport, BenchResult } from './benchReport.js';

export interface Column {
  readonly title: string;
  readonly isNumber: boolean;
  readonly cell: (result: BenchResult) => string;
}

const none = '';

/** Columns of every report; one that no result fills is left out. */
const columns: readonly Column[] = [
  { title: 'case', isNumber: false, cell: (result) => result.case },
  { title: 'contender', isNumber: false, cell: (result) => result.contender },
  { title: 'runtime', isNumber: false, cell: ({ runtime }) => runtime ?? none },
  { title: 'threads', isNumber: true, cell: ({ threads }) => String(threads) },
  { title: 'median', isNumber: true, cell: ({ median }) => formatTime(median) },
  { title: 'p5', isNumber: true, cell: ({ p5 }) => formatTime(p5) },
  { title: 'p95', isNumber: true, cell: ({ p95 }) => formatTime(p95) },
  { title: 'MAD', isNumber: true, cell: ({ mad }) => formatTime(mad) },
  { title: 'unit', isNumber: false, cell: ({ unit }) => unit },
  { title: 'GFLOP/s', isNumber: true, cell: ({ gflops }) => gflops?.toFixed(gflops < 10 ? 2 : 1) ?? none },
  {
    title: 'of peak',
    isNumber: true,
    cell: ({ shareOfPeak }) => (shareOfPeak === undefined ? none : `${(100 * shareOfPeak).toFixed(0)} %`),
  },
  { title: 'ratio', isNumber: true, cell: ({ ratio }) => (ratio === undefined ? none : formatRatio(ratio)) },
  {
    title: '95 % interval',
    isNumber: true,
    cell: ({ ratioInterval }) => ratioInterval?.map(formatRatio).join(' to ') ?? none,
  },
  { title: 'verdict', isNumber: false, cell: ({ verdict }) => verdict ?? none },
  { title: 'first call ms', isNumber: true, cell: ({ firstCallMs }) => firstCallMs.toFixed(1) },
  {
    title: 'peak MiB',
    isNumber: true,
    cell: ({ memoryBytes }) => (memoryBytes === undefined ? none : (memoryBytes / 2 ** 20).toFixed(0)),
  },
  { title: 'max error', isNumber: true, cell: ({ maxError }) => maxError.toExponential(1) },
];

export function columnsOf({ results }: Pick<BenchReport, 'results'>): readonly Column[] {
  return columns.filter(({ cell }) => results.some((result) => cell(result) !== none));
}

/** Four significant digits, never in scientific notation above a nanosecond. */
export function formatTime(ms: number): string {
  if (ms === 0) return '0';
  const digits = Math.min(9, Math.max(0, 3 - Math.floor(Math.log10(Math.abs(ms)))));
  return ms.toFixed(digits);
}

export function formatRatio(ratio: number): string {
  return ratio.toFixed(ratio < 10 ? 2 : ratio < 100 ? 1 : 0);
}

/** The lines above a table: machine, peak, what ratios mean. */
export function describeReport({ environment, peak, baseline, results }: BenchReport): string[] {
  const { cpu, cores, runtime, v8, simd, flags } = environment;
  return [
    `${cpu}, ${cores} cores; ${runtime}${v8 ? `, V8 ${v8}` : ''}; ${simd.join(', ') || 'no WebAssembly SIMD'}${flags.length > 0 ? `; ${flags.join(' ')}` : ''}`,
    `before the run: ${describeLoad(environment)}`,
    peak
      ? `peak of one thread: ${peak.gflops.toFixed(1)} GFLOP/s (${peak.variant}), copies ${peak.bandwidthGBs.toFixed(1)} GB/s`
      : 'no peak: WebAssembly SIMD does not run here',
    ...(results.some(({ ratio }) => ratio !== undefined)
      ? [
          `ratio: median of ${baseline} / median of the contender, above 1 is faster than ${baseline}${sameRuntime(results)}`,
        ]
      : []),
    ...describeVersions(results),
    ...environment.warnings.map((warning) => `warning: ${warning}`),
  ];
}

/** What ratios say where there are several runtimes. */
function sameRuntime(results: BenchReport['results']): string {
  return new Set(results.map(runtimeOf)).size > 1 ? ' in the same runtime, where it took part there' : '';
}

/** The versions of the software that computed, one line per contender; one that had several has a line for each. */
export function describeVersions(results: BenchReport['results']): string[] {
  const lines = results.flatMap(({ versions, ...result }) =>
    versions
      ? [
          `${contenderLabel(result)}: ${Object.entries(versions)
            .map((entry) => entry.join(' '))
            .join(', ')}`,
        ]
      : [],
  );
  return [...new Set(lines)];
}

/** Cases that a line of absences names before it counts the rest. */
const namedCases = 3;

/** What was refused, and who did not take part; cases with one reason share a line. */
export function describeAbsences({ errors, missing }: BenchReport): string[] {
  const casesOf = new Map<string, string[]>();
  for (const { case: name, reason, ...who } of missing) {
    const key = `${contenderLabel(who)}\n${firstLine(reason)}`;
    casesOf.set(key, [...(casesOf.get(key) ?? []), name]);
  }
  return [
    ...errors.map(
      ({ case: name, threads, message, ...who }) =>
        `error: ${name}, ${contenderLabel(who)} (${threads} ${threads === 1 ? 'thread' : 'threads'}): ${firstLine(message)}`,
    ),
    ...[...casesOf].map(([key, names]) => {
      const [contender, reason] = key.split('\n');
      return `not measured: ${contender}${listCases(names)}: ${reason}`;
    }),
  ];
}

function listCases(names: readonly string[]): string {
  if (names.includes('*')) return '';
  const rest = names.length - namedCases;
  return ` on ${names.slice(0, namedCases).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function firstLine(text: string): string {
  return text.split('\n')[0];
}
