/**
 * The known name that is fewest edits away from `name`, ignoring case, or undefined when none is within a third of its
 * length (at least 2).
 */
export function closestName(name: string, known: readonly string[]): string | undefined {
  const bound = Math.max(2, Math.floor(name.length / 3));
  const distances = known.map((candidate) => editDistance(name.toLowerCase(), candidate.toLowerCase()));
  const best = distances.indexOf(Math.min(...distances));
  return distances[best] <= bound ? known[best] : undefined;
}

/** Levenshtein 1966, row by row: insertions, deletions and substitutions cost 1. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const above = row;
    row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(above[j] + 1, row[j - 1] + 1, substitution));
    }
  }
  return row[b.length];
}
