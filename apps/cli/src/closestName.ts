import { UsageError } from './errors.js';

/** The name nearest to `wanted` by edit distance, or undefined where none is near enough to be what was meant. */
export function closestName(wanted: string, names: readonly string[]): string | undefined {
  const limit = Math.max(2, Math.floor(wanted.length / 2));
  const ranked = names
    .map((name) => ({ name, distance: editDistance(wanted.toLowerCase(), name.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.name;
}

/** The value of a table under a name that a user typed. Throws UsageError with the nearest name where there is none. */
export function lookUp<T>(
  table: Readonly<Record<string, T>>,
  name: string,
  where: { readonly subject: string; readonly kind: string; readonly listCommand?: string },
): T {
  if (Object.hasOwn(table, name)) return table[name] as T;
  const names = Object.keys(table);
  const closest = closestName(name, names);
  const all = where.listCommand ? `'${where.listCommand}' lists them all` : 'use one of the names above';
  throw new UsageError({
    subject: where.subject,
    expected: `the name of a known ${where.kind}`,
    received: `'${name}'`,
    details: { known: names.join(', ') },
    fix: closest ? `did you mean '${closest}'?` : all,
  });
}

/** Levenshtein distance, row by row. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substituted, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
