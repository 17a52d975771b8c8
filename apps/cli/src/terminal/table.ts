import Table from 'cli-table3';

export interface Column {
  readonly title: string;
  /** default 'left' */
  readonly align?: 'left' | 'right';
  /** Wraps longer text at this width. */
  readonly maxWidth?: number;
}

const rule = { top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '' };
const noRule = {
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  right: '',
  'right-mid': '',
};
const inner = { mid: '', 'mid-mid': '', middle: '  ' };

/** Aligned text table without colours: a header, a rule, the rows. */
export function renderTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ title, maxWidth }, at) => {
    const longest = Math.max(title.length, ...rows.map((row) => widthOf(row[at] ?? '')));
    return Math.min(longest, maxWidth ?? longest);
  });
  const table = new Table({
    chars: { ...rule, ...noRule, ...inner },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
    colAligns: columns.map(({ align }) => align ?? 'left'),
    colWidths: widths,
    wordWrap: true,
  });
  table.push(
    columns.map(({ title }) => title),
    widths.map((width) => '─'.repeat(width)),
    ...rows.map((row) => [...row]),
  );
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

function widthOf(text: string): number {
  return Math.max(...text.split('\n').map((line) => [...line].length));
}
