/** @file From pairs of elements to pairs of what is compared. */
import { type Node, ShapeError, sizeOf } from '@polyneuron/graph';

/** What is compared: single elements of a sample, or fields, the rows of inputs [..., F, D]. */
export type InteractionUnit = 'element' | 'field';

/** Means over the pairs of each two groups; both triangles are averaged, so that rounding leaves it symmetric. */
export function reduceToGroups(
  totals: Float64Array,
  n: number,
  groups: readonly number[],
  count: number,
  statistic: 'mean' | 'rms',
): number[][] {
  const size = Math.max(-1, ...groups) + 1;
  const members = new Array<number>(size).fill(0);
  for (const group of groups) members[group]++;
  const sums = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  groups.forEach((f, i) => {
    groups.forEach((g, j) => {
      sums[f][g] += (totals[i * n + j] + totals[j * n + i]) / 2;
    });
  });
  return sums.map((row, f) =>
    row.map((_, g) => {
      // The two triangles were summed in different orders: one of them stands for both.
      const mean = sums[Math.min(f, g)][Math.max(f, g)] / (count * members[f] * members[g]);
      return statistic === 'mean' ? mean : Math.sqrt(mean);
    }),
  );
}

/** The group of each element: itself, or its field. */
export function groupsOf(inputs: readonly Node[], unit: InteractionUnit): number[] {
  let before = 0;
  return inputs.flatMap(({ shape }) => {
    const width = unit === 'field' ? fieldWidth(shape) : 1;
    const size = sizeOf(shape.slice(1));
    const groups = Array.from({ length: size }, (_, at) => before + Math.floor(at / width));
    before += size / width;
    return groups;
  });
}

function fieldWidth(shape: readonly number[]): number {
  if (shape.length >= 3) return shape[shape.length - 1];
  throw new ShapeError({
    subject: 'interactionMatrix',
    expected: "inputs [B, ..., F, D] for unit 'field'",
    received: `[B, ${shape.slice(1).join(', ')}]`,
    fix: "pass unit: 'element'",
  });
}
