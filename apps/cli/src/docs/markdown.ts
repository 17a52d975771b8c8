/** @file Small pieces of Markdown. */

/** Prose as Markdown text: what would be read as markup is escaped. */
export function prose(text: string): string {
  return text.replaceAll('<', '&lt;').replaceAll('*', '\\*');
}

/** A code span; backticks inside do not occur in what is written here. */
export function code(text: string): string {
  return `\`${text}\``;
}

/** A table, padded as the formatter does; cells are Markdown already. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows].map((cells) => cells.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, at) => Math.max(3, ...lines.map((cells) => width(cells[at]))));
  const print = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const [first, ...others] = lines.map((cells) =>
    print(cells.map((cell, at) => cell + ' '.repeat(widths[at] - width(cell)))),
  );
  return [first, print(widths.map((count) => '-'.repeat(count))), ...others].join('\n');
}

/** Characters, not UTF-16 units. */
const width = (text: string): number => [...text].length;
