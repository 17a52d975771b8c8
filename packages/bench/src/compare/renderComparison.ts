/** @file A comparison for people, in a terminal and in a pull request. */

import { contenderLabel } from '../remote/runtime.js';
import { formatTime } from '../report/reportRows.js';
import type { ComparedRow, ComparedSide, Comparison } from './comparison.js';

interface Column {
  readonly title: string;
  readonly isNumber: boolean;
  readonly cell: (row: ComparedRow) => string;
}

const columns: readonly Column[] = [
  { title: 'case', isNumber: false, cell: (row) => row.case },
  { title: 'contender', isNumber: false, cell: contenderLabel },
  { title: 'threads', isNumber: true, cell: ({ threads }) => String(threads) },
  { title: 'base', isNumber: true, cell: ({ baseShortest }) => formatTime(baseShortest) },
  { title: 'head', isNumber: true, cell: ({ headShortest }) => formatTime(headShortest) },
  { title: 'unit', isNumber: false, cell: ({ unit }) => unit },
  { title: 'change', isNumber: true, cell: ({ ratio }) => formatChange(ratio) },
  { title: 'interval', isNumber: true, cell: ({ interval }) => interval.map(formatChange).join(' to ') },
  { title: 'noise', isNumber: true, cell: ({ noise }) => `± ${(100 * (noise - 1)).toFixed(1)} %` },
  {
    title: 'medians',
    isNumber: true,
    cell: ({ baseMedian, headMedian }) => formatChange(headMedian / baseMedian),
  },
  { title: 'verdict', isNumber: false, cell: ({ change }) => change },
];

export type ComparisonFormat = 'text' | 'markdown' | 'json';

/** Every format, by name. */
export const comparisonRenderers: { readonly [K in ComparisonFormat]: (comparison: Comparison) => string } = {
  text: renderText,
  markdown: renderMarkdown,
  json: (comparison) => `${JSON.stringify(comparison, null, 2)}\n`,
};

/** 1.1 is '+10.0 %'. */
export function formatChange(ratio: number): string {
  const change = 100 * (ratio - 1);
  return `${change < 0 ? '' : '+'}${change.toFixed(1)} %`;
}

function renderText(comparison: Comparison): string {
  const rows = comparison.rows.map((row) => columns.map(({ cell }) => cell(row)));
  const widths = columns.map(({ title }, at) => Math.max(title.length, ...rows.map((row) => row[at].length)));
  const align = (cells: readonly string[]) =>
    cells
      .map((cell, at) => (columns[at].isNumber ? cell.padStart(widths[at]) : cell.padEnd(widths[at])))
      .join('  ')
      .trimEnd();
  const below = describeRest(comparison);
  return [
    ...describeSides(comparison),
    '',
    align(columns.map(({ title }) => title)),
    ...rows.map(align),
    ...(below.length > 0 ? ['', ...below] : []),
    '',
  ].join('\n');
}

function renderMarkdown(comparison: Comparison): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const list = (lines: readonly string[]) => lines.map((one) => `- ${one}`);
  const below = describeRest(comparison);
  return [
    ...list(describeSides(comparison)),
    '',
    line(columns.map(({ title }) => title)),
    line(columns.map(({ isNumber }) => (isNumber ? '---:' : '---'))),
    ...comparison.rows.map((row) =>
      line(
        columns.map(({ cell, title }) =>
          title === 'verdict' && row.change === 'slower' ? `**${cell(row)}**` : cell(row),
        ),
      ),
    ),
    ...(below.length > 0 ? ['', ...list(below)] : []),
    '',
  ].join('\n');
}

function describeSides({ base, head, failOn, control }: Comparison): string[] {
  return [
    `base: ${describeSide(base)}`,
    `head: ${describeSide(head)}`,
    'base, head: the shortest time of all runs of a side, which others on the machine can only have made longer',
    `slower or faster: the whole interval beyond ${(100 * failOn).toFixed(1)} % and the noise of both sides; all intervals together hold with 95 %`,
    ...(control === undefined
      ? []
      : [`each change is that of the medians against ${control} in the same rounds`]),
  ];
}

function describeSide({ runs, date, cpu, runtime }: ComparedSide): string {
  return `${runs} ${runs === 1 ? 'run' : 'runs'}, ${date}, ${cpu}, ${runtime}`;
}

function describeRest({ onlyInBase, onlyInHead, warnings }: Comparison): string[] {
  return [
    ...warnings.map((warning) => `warning: ${warning}`),
    ...onlyInBase.map(
      ({ case: name, threads, reason, hasFailed, ...who }) =>
        `${hasFailed ? 'failed in head' : 'only in base'}: ${name}, ${contenderLabel(who)} (${threads}): ${reason}`,
    ),
    ...onlyInHead.map(
      ({ case: name, threads, reason, ...who }) =>
        `only in head: ${name}, ${contenderLabel(who)} (${threads}): in base ${reason}`,
    ),
  ];
}
