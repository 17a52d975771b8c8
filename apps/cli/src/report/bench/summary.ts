/** @file All cases in one table. */
import type { BenchReport } from '@polyneuron/bench';
import { type Cell, emptyCell, numberCell, renderTable, textCell } from '../dataTable.js';
import { type Html, html, nothing } from '../html.js';
import { formatMilliseconds } from '../numbers.js';
import { type Setting, settingName } from './settings.js';

/** Medians: a row per case, a column per contender. A single case has its own table, which says the same. */
export function renderSummary(
  { results }: BenchReport,
  cases: readonly string[],
  settings: readonly Setting[],
): Html {
  const timed = cases.filter((name) => results.some((result) => result.case === name));
  if (timed.length < 2) return nothing;
  const rows = timed.map((name): Cell[] => {
    const own = results.filter((result) => result.case === name);
    const best = own.length > 1 ? Math.min(...own.map(({ median }) => median)) : Number.NaN;
    return [
      textCell(html`<a href="#case-${name}">${name}</a> <small>${own[0]!.unit}</small>`),
      ...settings.map((setting) => {
        const median = own.find((result) => settingName(result) === setting.name)?.median;
        return median === undefined ? emptyCell : numberCell(formatMilliseconds(median), median === best);
      }),
    ];
  });
  const table = renderTable({
    caption: 'Medians of all cases',
    hidesCaption: true,
    columns: [
      { title: 'Case', isNumeric: false },
      ...settings.map(({ name }) => ({ title: name, isNumeric: true })),
    ],
    rows,
    note: 'Bold: the shortest time.',
  });
  return html`<section class="experiment" aria-labelledby="summary-title"><h2 id="summary-title">All cases</h2>
${table}</section>
`;
}
