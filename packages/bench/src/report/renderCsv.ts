import type { BenchReport, BenchResult } from './benchReport.js';

/** Full precision; an absent value is empty. */
const fields: Readonly<Record<string, (result: BenchResult) => string | number | boolean | undefined>> = {
  case: (result) => result.case,
  suite: ({ suite }) => suite,
  contender: ({ contender }) => contender,
  threads: ({ threads }) => threads,
  device: ({ device }) => device,
  unit: ({ unit }) => unit,
  median: ({ median }) => median,
  p5: ({ p5 }) => p5,
  p95: ({ p95 }) => p95,
  mad: ({ mad }) => mad,
  samples: ({ samples }) => samples,
  runs: ({ runs }) => runs,
  firstCallMs: ({ firstCallMs }) => firstCallMs,
  isWarm: ({ isWarm }) => isWarm,
  flops: ({ flops }) => flops,
  gflops: ({ gflops }) => gflops,
  shareOfPeak: ({ shareOfPeak }) => shareOfPeak,
  maxError: ({ maxError }) => maxError,
  tolerance: ({ tolerance }) => tolerance,
  ratio: ({ ratio }) => ratio,
  ratioLow: ({ ratioInterval }) => ratioInterval?.[0],
  ratioHigh: ({ ratioInterval }) => ratioInterval?.[1],
  runtime: ({ runtime }) => runtime,
  memoryBytes: ({ memoryBytes }) => memoryBytes,
};

/** Results alone, one a line, as RFC 4180 has it (with plain line feeds). */
export function renderCsv({ results }: BenchReport): string {
  const names = Object.keys(fields);
  const lines = results.map((result) => names.map((name) => quote(String(fields[name](result) ?? ''))));
  return `${[names, ...lines].map((cells) => cells.join(',')).join('\n')}\n`;
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
