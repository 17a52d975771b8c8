/** @file Small pieces of Markdown. */

/** Prose as Markdown text: what would be read as markup is escaped. */
export function prose(text: string): string {
  return text.replaceAll('<', '&lt;').replaceAll('*', '\\*');
}

/** A code span; backticks inside do not occur in what is written here. */
export function code(text: string): string {
  return `\`${text}\``;
}

/** A table; cells are Markdown already. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
