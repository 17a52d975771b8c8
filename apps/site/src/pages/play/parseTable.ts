import type { PointTable } from '../../protocol/messages.js';

export type ParsedTable =
  | { readonly table: PointTable; readonly summary: string }
  | { readonly problems: readonly string[] };

export const mostRows = 2000;
const leastRows = 10;
const mostProblems = 5;

/**
 * A pasted table: two features and a target a line, separated by commas, semicolons, tabs or spaces; the first line may
 * name them. Two different targets are classes, the first in order being 0; more are a regression, if they are numbers.
 *
 * @example
 * parseTable('x1,x2,y\n0,0,no\n…') // classes 'no' = 0
 */
export function parseTable(text: string): ParsedTable {
  const lines = text
    .split(/\r?\n/)
    .map((line, at) => ({ number: at + 1, cells: splitCells(line) }))
    .filter(({ cells }) => cells.length > 0);
  const hasHeader = lines.length > 0 && lines[0].cells.slice(0, 2).every((cell) => !isNumber(cell));
  const rows = hasHeader ? lines.slice(1) : lines;
  const problems = rows.flatMap(({ number, cells }) => problemsOf(number, cells));
  if (rows.length < leastRows) problems.push(`at least ${leastRows} rows are needed, got ${rows.length}`);
  if (rows.length > mostRows) problems.push(`at most ${mostRows} rows are taken, got ${rows.length}`);
  const targets = rows.map(({ cells }) => cells[2]);
  const labels = [...new Set(targets)].sort(compareLabels);
  if (problems.length === 0 && labels.length < 2)
    problems.push(`the third column has one value alone, ${labels[0]}: there is nothing to learn`);
  if (problems.length === 0 && labels.length > 2 && !labels.every(isNumber)) {
    const strange = labels.find((label) => !isNumber(label));
    problems.push(
      `the third column has ${labels.length} different values and '${strange}' is no number: use two classes, or numbers`,
    );
  }
  if (problems.length > 0) return { problems: shorten(problems) };
  const isClassification = labels.length === 2;
  const points = rows.map(
    ({ cells: [x1, x2, y] }) =>
      [Number(x1), Number(x2), isClassification ? labels.indexOf(y) : Number(y)] as const,
  );
  const kind = isClassification
    ? `two classes, ${labels[0]} (blue) and ${labels[1]} (orange)`
    : 'a regression';
  return { table: { isClassification, points }, summary: `${points.length} rows, ${kind}` };
}

function splitCells(line: string): readonly string[] {
  const trimmed = line.trim();
  if (trimmed === '') return [];
  const separator = /[,;\t]/.test(trimmed) ? /\s*[,;\t]\s*/ : /\s+/;
  return trimmed.split(separator).map((cell) => cell.replace(/^"(.*)"$/, '$1'));
}

function problemsOf(number: number, cells: readonly string[]): string[] {
  if (cells.length !== 3) return [`line ${number} has ${cells.length} columns, not 3`];
  return cells
    .slice(0, 2)
    .filter((cell) => !isNumber(cell))
    .map((cell) => `line ${number}: '${cell.slice(0, 20)}' is no number`);
}

function shorten(problems: readonly string[]): readonly string[] {
  if (problems.length <= mostProblems) return problems;
  return [...problems.slice(0, mostProblems), `and ${problems.length - mostProblems} more`];
}

function compareLabels(one: string, other: string): number {
  return isNumber(one) && isNumber(other) ? Number(one) - Number(other) : one < other ? -1 : 1;
}

function isNumber(cell: string): boolean {
  return cell.trim() !== '' && Number.isFinite(Number(cell));
}
