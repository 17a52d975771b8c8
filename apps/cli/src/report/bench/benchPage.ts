/** @file The HTML page of a benchmark run. */
import { type BenchReport, benchCases, describeLoad, describeVersions } from '@polyneuron/bench';
import { renderContents, renderDate, renderDocument } from '../document.js';
import { type Content, html, nothing } from '../html.js';
import { formatCount, formatGibibytes, formatMeasure } from '../numbers.js';
import { renderCase } from './caseSection.js';
import { renderScaling } from './scalingSection.js';
import { settingsOf } from './settings.js';
import { renderSummary } from './summary.js';

const pageStyles = `
.contender > span { white-space: nowrap; }
main ul { padding-left: 1.2rem; }
.warning { margin: 1.5rem 0 0; padding-left: 0.9rem; border-left: 3px solid var(--series-1); }
`;

/**
 * A benchmark report as one HTML page that needs nothing else: a section per case with its table and charts, the machine, and
 * what was left out. Every text of the report is escaped.
 */
export function renderBenchReport(report: BenchReport, version: string): string {
  const { results, errors, missing, environment } = report;
  const settings = settingsOf(results);
  const named = new Set([...results, ...errors, ...missing].map((one) => one.case));
  const cases = benchCases.map(({ name }) => name).filter((name) => named.has(name));
  const anchorOf = (name: string) => `case-${name}`;
  return renderDocument({
    title: 'benchmark',
    lead: 'Each contender first computed the right result, compared with a float64 interpreter; then all were timed in turn, round by round, in one run.',
    facts: factsOf(report),
    contents: html`${environment.warnings.map((text) => html`<p class="warning">${text}</p>`)}${renderContents(
      cases.map((name) => {
        const count = results.filter((result) => result.case === name).length;
        return { anchor: anchorOf(name), title: name, note: `${count} timed` };
      }),
    )}`,
    main: {
      id: 'cases',
      name: 'cases',
      body: [
        cases.length === 0 ? html`<p class="muted">Nothing was timed.</p>` : nothing,
        renderSummary(report, cases, settings),
        renderScaling(report, settings),
        ...cases.map((name) => renderCase(name, anchorOf(name), report, settings)),
        renderAbsent(report),
      ],
    },
    footer: html`Written by polyneuron ${version}. <code>--json FILE</code> has the numbers of this page, unrounded.`,
    styles: pageStyles,
  }).markup;
}

function factsOf({ environment, peak, results }: BenchReport): readonly (readonly [string, Content])[] {
  const { date, runtime, v8, platform, cpu, cores, memoryBytes, simd, flags } = environment;
  const memory = memoryBytes === null ? '' : `, ${formatGibibytes(memoryBytes)}`;
  return [
    ['Date', renderDate(date)],
    ['Runtime', v8 === null ? runtime : `${runtime}, V8 ${v8}`],
    ['Platform', platform],
    ['Processor', `${cpu}, ${formatCount(cores)} ${cores === 1 ? 'core' : 'cores'}${memory}`],
    ['WebAssembly', simd.length > 0 ? simd.join(', ') : 'no SIMD'],
    ...(flags.length > 0 ? ([['Flags', flags.join(' ')]] as const) : []),
    ['Load before the run', describeLoad(environment)],
    ...describeVersions(results).map((line) => ['Software', line] as const),
    [
      'Peak of one thread',
      peak === null
        ? 'not measured: WebAssembly SIMD does not run here'
        : `${formatMeasure(peak.gflops)} GFLOP/s (${peak.variant}), copies ${formatMeasure(peak.bandwidthGBs)} GB/s`,
    ],
  ];
}

/** Contenders that took part in no case at all. */
function renderAbsent({ missing }: BenchReport): Content {
  const absent = missing.filter((one) => one.case === '*');
  if (absent.length === 0) return nothing;
  return html`<section class="experiment" aria-labelledby="absent-title"><h2 id="absent-title">Did not take part</h2>
<ul>${absent.map(({ contender, reason }) => html`<li>${contender}: ${reason}</li>`)}</ul></section>
`;
}
