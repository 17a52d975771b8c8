/** @file Labels at the ends of lines: what they say and where they stand. */

/** Names this short are written at the lines; where one is longer, letters stand there and the legend explains them. */
const longestDirectName = 12;

export function usesLetters(names: readonly string[]): boolean {
  return names.some((name) => name.length > longestDirectName);
}

/** Where a line ends: x as a share of the axis, y in pixels from the top. */
export interface LineEnd {
  readonly x: number;
  readonly y: number;
  readonly isRising: boolean;
}

/** Ends that are closer than this share of the axis get labels that could overlap. */
const neighbourhood = 0.06;
const aside = 11;

/**
 * Vertical positions of the labels, in pixels: beside the ends at the right edge; below the end of a rising and above that of a
 * falling line that ends earlier, where other lines are not likely to be; moved apart where they would overlap.
 */
export function placeLabels(
  ends: readonly LineEnd[],
  gap: number,
  start: number,
  end: number,
): readonly number[] {
  const result = ends.map(({ x, y, isRising }) =>
    x > 1 - neighbourhood ? y : isRising ? y + aside : y - aside,
  );
  const order = ends.map((_, index) => index).sort((a, b) => ends[a]!.x - ends[b]!.x);
  let group: number[] = [];
  for (const index of order) {
    const previous = group.at(-1);
    if (previous !== undefined && ends[index]!.x - ends[previous]!.x > neighbourhood) group = [];
    group.push(index);
    const moved = spread(
      group.map((member) => result[member]!),
      gap,
      start,
      end,
    );
    group.forEach((member, at) => {
      result[member] = moved[at]!;
    });
  }
  return result;
}

/**
 * Moves labels apart that would overlap: given their wished positions along an axis in any order, returns positions at least
 * `gap` apart, in the same vertical order, inside [start, end] where there is room.
 */
export function spread(
  wishes: readonly number[],
  gap: number,
  start: number,
  end: number,
): readonly number[] {
  const order = wishes.map((_, index) => index).sort((a, b) => wishes[a]! - wishes[b]!);
  const result = [...wishes];
  let previous = start - gap;
  for (const index of order) {
    result[index] = Math.max(wishes[index]!, previous + gap);
    previous = result[index]!;
  }
  let next = end + gap;
  for (const index of order.reverse()) {
    result[index] = Math.min(result[index]!, next - gap);
    next = result[index]!;
  }
  return result;
}
