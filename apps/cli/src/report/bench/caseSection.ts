/** @file The section of one case: what it is, its table, its charts, and who is not in them. */
import { type BenchReport, type BenchResult, benchCases } from '@polyneuron/bench';
import { type Cell, type Column, emptyCell, numberCell, renderTable, textCell } from '../dataTable.js';
import { type Html, html, nothing } from '../html.js';
import { swatch } from '../identity.js';
import { formatMeasure, formatMilliseconds } from '../numbers.js';
import { formatPercent, renderCaseFigures } from './caseFigures.js';
import { type Setting, settingName, settingOf } from './settings.js';

interface CaseColumn extends Column {
  readonly cell: (result: BenchResult, best: number) => Cell;
}

const number = (title: string, cell: CaseColumn['cell'], group?: string): CaseColumn => ({
  title,
  isNumeric: true,
  cell,
  ...(group !== undefined && { group }),
});

const optional = (value: number | undefined, format: (value: number) => string): Cell =>
  value === undefined ? emptyCell : numberCell(format(value));

/** A column that no result of the case fills is left out. */
function columnsFor(results: readonly BenchResult[], baseline: string): readonly CaseColumn[] {
  const time = `Time, ${results[0]!.unit}`;
  const against = `Against ${baseline}`;
  const columns = [
    number('median', ({ median }, best) => numberCell(formatMilliseconds(median), median === best), time),
    number('p5', ({ p5 }) => numberCell(formatMilliseconds(p5)), time),
    number('p95', ({ p95 }) => numberCell(formatMilliseconds(p95)), time),
    number('ratio', ({ ratio }) => optional(ratio, formatMeasure), against),
    number(
      '95 % interval',
      ({ ratioInterval }) =>
        ratioInterval ? textCell(ratioInterval.map(formatMeasure).join(' to ')) : emptyCell,
      against,
    ),
    number('GFLOP/s', ({ gflops }) => optional(gflops, formatMeasure)),
    number('Share of peak', ({ shareOfPeak }) =>
      shareOfPeak === undefined ? emptyCell : numberCell(formatPercent(shareOfPeak)),
    ),
    number('First result, ms', ({ firstCallMs }) => numberCell(formatMilliseconds(firstCallMs))),
    number('Memory, MiB', ({ memoryBytes }) =>
      optional(memoryBytes, (bytes) => formatMeasure(bytes / 2 ** 20)),
    ),
    number('Largest error', ({ maxError }) => numberCell(formatMeasure(maxError))),
  ];
  return columns.filter(({ cell }) => results.some((result) => cell(result, 0).kind !== 'empty'));
}

export function renderCase(
  name: string,
  anchor: string,
  report: BenchReport,
  settings: readonly Setting[],
): Html {
  const results = report.results.filter((result) => result.case === name);
  const title = benchCases.find((one) => one.name === name)?.title;
  const absences = [
    ...report.errors
      .filter((one) => one.case === name)
      .map((one) => [settingName(one), one.message] as const),
    ...report.missing.filter((one) => one.case === name).map((one) => [one.contender, one.reason] as const),
  ];
  return html`<section id="${anchor}" class="experiment" aria-labelledby="${anchor}-title">
<h2 id="${anchor}-title">${name}</h2>
${title === undefined ? nothing : html`<p class="prose">${title}</p>`}
${results.length === 0 ? html`<p class="muted">Nothing was timed.</p>` : renderTimed(results, report.baseline, settings)}
${absences.length === 0 ? nothing : html`<h3>Not timed</h3><ul>${absences.map(([who, why]) => html`<li>${who}: ${why}</li>`)}</ul>`}
</section>
`;
}

function renderTimed(results: readonly BenchResult[], baseline: string, settings: readonly Setting[]): Html {
  const columns = columnsFor(results, baseline);
  const best = results.length > 1 ? Math.min(...results.map(({ median }) => median)) : Number.NaN;
  const rows = results.map((result) => {
    const { name, identity } = settingOf(settings, result);
    const notYetWarm = result.isWarm ? nothing : html` <small>(not settled)</small>`;
    const header = html`<span class="contender">${swatch(identity, false)}<span>${name}${notYetWarm}</span></span>`;
    return [textCell(header), ...columns.map(({ cell }) => cell(result, best))];
  });
  const table = renderTable({
    caption: 'Times',
    hidesCaption: true,
    columns: [{ title: 'Contender', isNumeric: false }, ...columns],
    rows,
    ...(results.length > 1 && { note: `Bold: the shortest time.${ratioNote(results, baseline)}` }),
  });
  // The charts of a series say what those of each of its cases would.
  if (results[0]!.axis !== undefined) return table;
  return html`${table}<h3>Charts</h3>${renderCaseFigures(results, settings)}`;
}

function ratioNote(results: readonly BenchResult[], baseline: string): string {
  const hasRatio = results.some(({ ratio }) => ratio !== undefined);
  return hasRatio ? ` Ratio: how many times as fast as ${baseline}, with a bootstrap interval.` : '';
}
