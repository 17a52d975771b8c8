import type { BenchReport } from './benchReport.js';
import { columnsOf, describeAbsences, describeReport } from './reportRows.js';

/** A Markdown table with the machine above and what was left out below. */
export function renderMarkdown(report: BenchReport): string {
  const columns = columnsOf(report);
  const row = (cells: readonly string[]) => `| ${cells.map(escapeCell).join(' | ')} |`;
  const table =
    report.results.length === 0
      ? ['Nothing was timed.']
      : [
          row(columns.map(({ title }) => title)),
          row(columns.map(({ isNumber }) => (isNumber ? '---:' : '---'))),
          ...report.results.map((result) => row(columns.map(({ cell }) => cell(result)))),
        ];
  const list = (lines: readonly string[]) => lines.map((line) => `- ${line}`);
  const absences = describeAbsences(report);
  return [
    ...list(describeReport(report)),
    '',
    ...table,
    ...(absences.length > 0 ? ['', ...list(absences)] : []),
    '',
  ].join('\n');
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|');
}
