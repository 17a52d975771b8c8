/** @file A table of the report: caption, scoped headers, and numbers aligned at the decimal point. */
import { type Content, type Html, html, nothing } from './html.js';

export type Cell =
  | { readonly kind: 'text'; readonly content: Content }
  | { readonly kind: 'number'; readonly text: string; readonly isBest: boolean }
  | { readonly kind: 'empty' };

export interface Column {
  readonly title: string;
  /** Neighbouring columns of one group stand under a common header. */
  readonly group?: string;
  readonly isNumeric: boolean;
}

export interface DataTable {
  readonly caption: string;
  /** Set where a heading above the table says the same: the caption is then for those who hear the page. */
  readonly hidesCaption?: boolean;
  readonly columns: readonly Column[];
  /** The first cell of a row is its header. */
  readonly rows: readonly (readonly Cell[])[];
  readonly note?: string;
}

export const emptyCell: Cell = { kind: 'empty' };

export function textCell(content: Content): Cell {
  return { kind: 'text', content };
}

/** `text` comes from `numbers.ts`. */
export function numberCell(text: string, isBest = false): Cell {
  return { kind: 'number', text, isBest };
}

/** The table in a region of its own that scrolls sideways where the page is narrow. */
export function renderTable({ caption, hidesCaption = false, columns, rows, note }: DataTable): Html {
  const tails = columns.map((_, index) => longestTail(rows.map((row) => row[index])));
  const title = hidesCaption ? html`<span class="hidden">${caption}. </span>` : html`${caption}`;
  const remark = note === undefined ? nothing : html` <span class="note">${note}</span>`;
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}"><table>
<caption${hidesCaption && note === undefined ? html` class="hidden"` : nothing}>${title}${remark}</caption>
<thead>${renderHead(columns)}</thead>
<tbody>
${rows.map((row) => renderRow(row, columns, tails))}</tbody>
</table></div>
`;
}

function renderHead(columns: readonly Column[]): Html {
  if (columns.every((column) => column.group === undefined)) {
    return html`<tr>${columns.map((column) => columnHeader(column, 1))}</tr>`;
  }
  const upper: Html[] = [];
  columns.forEach((column, index) => {
    if (column.group === undefined) upper.push(columnHeader(column, 2));
    else if (column.group !== columns[index - 1]?.group) {
      const size = columns.filter(({ group }) => group === column.group).length;
      upper.push(html`<th scope="colgroup" colspan="${size}" class="group">${column.group}</th>`);
    }
  });
  const lower = columns
    .filter((column) => column.group !== undefined)
    .map((column) => columnHeader(column, 1));
  return html`<tr>${upper}</tr><tr>${lower}</tr>`;
}

function columnHeader({ title, isNumeric }: Column, rowspan: number): Html {
  const alignment = isNumeric ? html` class="numeric"` : nothing;
  return html`<th scope="col"${rowspan === 1 ? nothing : html` rowspan="${rowspan}"`}${alignment}>${title}</th>`;
}

function renderRow(row: readonly Cell[], columns: readonly Column[], tails: readonly number[]): Html {
  const cells = columns.map(({ isNumeric }, index) => {
    const cell = row[index] ?? emptyCell;
    const content = renderCell(cell, tails[index]!);
    if (index === 0) return html`<th scope="row">${content}</th>`;
    const classes = [isNumeric ? 'numeric' : '', cell.kind === 'number' && cell.isBest ? 'best' : ''];
    const names = classes.filter((name) => name !== '').join(' ');
    return html`<td${names === '' ? nothing : html` class="${names}"`}>${content}</td>`;
  });
  return html`<tr>${cells}</tr>
`;
}

function renderCell(cell: Cell, tail: number): Content {
  if (cell.kind === 'text') return cell.content;
  if (cell.kind === 'empty') return html`<span class="muted" aria-label="no value">–</span>`;
  const number = alignAtPoint(cell.text, tail);
  return cell.isBest ? html`<strong>${number}</strong><span class="hidden"> (best)</span>` : number;
}

/** Gives what follows the whole part a fixed width, so that right-aligned numbers meet at the decimal point. */
function alignAtPoint(text: string, tail: number): Html {
  if (tail === 0) return html`${text}`;
  const at = tailStart(text);
  return html`${text.slice(0, at)}<span class="tail" style="width:${tail}ch">${text.slice(at)}</span>`;
}

function longestTail(cells: readonly (Cell | undefined)[]): number {
  const lengths = cells.map((cell) =>
    cell?.kind === 'number' ? cell.text.length - tailStart(cell.text) : 0,
  );
  return Math.max(0, ...lengths);
}

/** Where the whole part ends: at the point, or at the exponent of a number without one. */
function tailStart(text: string): number {
  const at = text.search(/\.|(?<=\d)e/);
  return at < 0 ? text.length : at;
}
