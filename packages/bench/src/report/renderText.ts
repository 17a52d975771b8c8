import type { BenchReport } from './benchReport.js';
import { columnsOf, describeAbsences, describeReport } from './reportRows.js';

/** An aligned table for terminals, an empty line between cases. */
export function renderText(report: BenchReport): string {
  const columns = columnsOf(report);
  const rows = report.results.map((result) => columns.map(({ cell }) => cell(result)));
  const widths = columns.map(({ title }, at) => Math.max(title.length, ...rows.map((row) => row[at].length)));
  const align = (cells: readonly string[]) =>
    cells
      .map((cell, at) => (columns[at].isNumber ? cell.padStart(widths[at]) : cell.padEnd(widths[at])))
      .join('  ')
      .trimEnd();
  const table = rows.flatMap((row, at) => {
    const isNewCase = at > 0 && report.results[at].case !== report.results[at - 1].case;
    return [...(isNewCase ? [''] : []), align(row)];
  });
  const absences = describeAbsences(report);
  return [
    ...describeReport(report),
    '',
    ...(rows.length > 0 ? [align(columns.map(({ title }) => title)), ...table] : ['nothing was timed']),
    ...(absences.length > 0 ? ['', ...absences] : []),
    '',
  ].join('\n');
}
