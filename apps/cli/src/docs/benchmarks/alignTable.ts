/** A Markdown table with its columns padded as the formatter of this repository does, numbers to the right. */
export function alignTable(table: string): string {
  const rows = table.split('\n').map((line) => line.slice(2, -2).split(/(?<!\\)\s\|\s/));
  const [, rule] = rows as [string[], string[]];
  const widths = rule.map((_, at) =>
    Math.max(3, ...rows.map((cells, row) => (row === 1 ? 0 : [...cells[at]!.trim()].length))),
  );
  const lines = rows.map((cells, row) =>
    cells.map((cell, at) => {
      const [width, isNumber] = [widths[at]!, rule[at]!.endsWith(':')];
      if (row === 1) return isNumber ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width);
      const padding = ' '.repeat(width - [...cell.trim()].length);
      return isNumber ? padding + cell.trim() : cell.trim() + padding;
    }),
  );
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
