import type { BenchReport, GraphicsPeak } from '@polyneuron/bench';
import { digits } from './printNumbers.js';

/** Everything that the figures depend on, as far as the browser tells. */
export function Conditions({
  report,
  focusLosses,
}: {
  readonly report: BenchReport;
  /** Of this run alone; reports do not have them. */
  readonly focusLosses?: number;
}) {
  return (
    <details class="bench-conditions">
      <summary>Conditions of this run</summary>
      <dl>
        {conditionsOf(report, focusLosses).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

type Condition = readonly [name: string, value: string];

export function conditionsOf(
  { environment, peak, run, results }: BenchReport,
  focusLosses?: number,
): Condition[] {
  const { browser } = environment;
  const versions = new Map(results.flatMap((result) => Object.entries(result.versions ?? {})));
  return [
    ['Browser', browser?.brands.join(', ') || environment.runtime],
    ['User agent', environment.runtime],
    ['Platform', environment.platform],
    ['Logical cores', String(environment.cores)],
    ...(browser ? browserConditions(browser) : []),
    ['WebAssembly', environment.simd.join(', ') || 'no SIMD'],
    [
      'Peak of one thread',
      peak ? `${digits(peak.gflops)} GFLOP/s (${peak.variant})` : 'not measured: no SIMD',
    ],
    ...(peak?.triads ?? []).map(
      ({ bytes, bandwidthGBs }): Condition => [
        `Triad over ${bytes / 1024} KiB`,
        `${digits(bandwidthGBs)} GB/s`,
      ],
    ),
    ...(peak?.graphics ? graphicsConditions(peak.graphics) : []),
    ...[...versions].map((entry): Condition => entry),
    ...(focusLosses === undefined ? [] : [['Losses of focus', String(focusLosses)] as const]),
    ...(run
      ? ([
          ['Started', run.started],
          ['Ended', run.ended],
          ['Rounds, budget', `at most ${run.rounds}, ${digits(run.budgetMs / 1000)} s per case`],
          ['Length of a sample', `at least ${digits(run.minimumTimingMs)} ms`],
          ['Seed', String(run.seed)],
        ] as const)
      : []),
    ...environment.warnings.map((warning): Condition => ['Warning', warning]),
  ];
}

function graphicsConditions({ gflops, copyGBs, launchMs }: GraphicsPeak): Condition[] {
  return [
    ['Peak of a shader', `${digits(gflops)} GFLOP/s`],
    ['Copies from texture to texture', `${digits(copyGBs)} GB/s`],
    ['Drawing and reading back one pixel', `${digits(launchMs)} ms`],
  ];
}

function browserConditions({
  deviceMemoryGiB,
  isCrossOriginIsolated,
  clockStepMs,
  gpu,
}: NonNullable<BenchReport['environment']['browser']>): Condition[] {
  return [
    ['Memory class', deviceMemoryGiB === null ? 'not told' : `${deviceMemoryGiB} GiB`],
    ['Cross-origin isolated', isCrossOriginIsolated ? 'yes' : 'no: threads off, coarse clock'],
    ['Clock step', `${digits(1000 * clockStepMs)} µs`],
    [
      'GPU',
      gpu
        ? `${gpu.renderer}${gpu.isSoftware ? ' (software rendering)' : ''}, float textures ${gpu.hasFloatTargets ? 'can' : 'cannot'} be written`
        : 'no WebGL 2',
    ],
  ];
}
