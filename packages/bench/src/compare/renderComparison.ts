/** @file A comparison for people, in a terminal and in a pull request. */

import { formatTime } from '../report/reportRows.js';
import type { ComparedRow, Comparison } from './comparison.js';

interface Column {
  readonly title: string;
  readonly isNumber: boolean;
  readonly cell: (row: ComparedRow) => string;
}

const columns: readonly Column[] = [
  { title: 'case', isNumber: false, cell: (row) => row.case },
  { title: 'contender', isNumber: false, cell: ({ contender }) => contender },
  { title: 'threads', isNumber: true, cell: ({ threads }) => String(threads) },
  { title: 'base', isNumber: true, cell: ({ baseMedian }) => formatTime(baseMedian) },
  { title: 'head', isNumber: true, cell: ({ headMedian }) => formatTime(headMedian) },
  { title: 'unit', isNumber: false, cell: ({ unit }) => unit },
  { title: 'change', isNumber: true, cell: ({ ratio }) => formatChange(ratio) },
  { title: 'interval', isNumber: true, cell: ({ interval }) => interval.map(formatChange).join(' to ') },
  { title: 'noise', isNumber: true, cell: ({ noise }) => `± ${(100 * (noise - 1)).toFixed(1)} %` },
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
    `base: ${base.date}, ${base.cpu}, ${base.runtime}`,
    `head: ${head.date}, ${head.cpu}, ${head.runtime}`,
    `slower or faster: the whole interval beyond ${(100 * failOn).toFixed(1)} % and the noise of both runs; all intervals together hold with 95 %`,
    ...(control === undefined ? [] : [`each change is that against ${control} in the same run`]),
  ];
}

function describeRest({ onlyInBase, onlyInHead, warnings }: Comparison): string[] {
  return [
    ...warnings.map((warning) => `warning: ${warning}`),
    ...onlyInBase.map(
      ({ case: name, contender, threads, reason, hasFailed }) =>
        `${hasFailed ? 'failed in head' : 'only in base'}: ${name}, ${contender} (${threads}): ${reason}`,
    ),
    ...onlyInHead.map(
      ({ case: name, contender, threads, reason }) =>
        `only in head: ${name}, ${contender} (${threads}): in base ${reason}`,
    ),
  ];
}
