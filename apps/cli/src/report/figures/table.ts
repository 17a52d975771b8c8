/** @file The figure kind 'table'. */
import type { Figure } from '@polyneuron/experiments';
import { type Cell, type Column, numberCell, renderTable, textCell } from '../dataTable.js';
import { type Html, html } from '../html.js';
import { formatCount, formatMeasure } from '../numbers.js';

/** Whole numbers are written as counts, others as measures; a column of numbers is aligned at the point. */
export function renderTableFigure({ title, columns, rows }: Figure & { kind: 'table' }): Html {
  const length = Math.max(columns.length, ...rows.map((row) => row.length));
  const heads = Array.from({ length }, (_, index): Column => {
    const cells = rows.map((row) => row[index]).filter((cell) => cell !== undefined);
    const isNumeric = cells.length > 0 && cells.every((cell) => typeof cell === 'number');
    return { title: columns[index] ?? '', isNumeric: index > 0 && isNumeric };
  });
  const body = rows.map((row) => row.map(toCell));
  return html`<div class="full">${renderTable({ caption: title, columns: heads, rows: body })}</div>
`;
}

function toCell(value: string | number): Cell {
  if (typeof value === 'string') return textCell(value);
  return numberCell(Number.isInteger(value) ? formatCount(value) : formatMeasure(value));
}
