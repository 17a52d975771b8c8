export const binCount = 31;

/** How many residuals fall into each of 31 equal bins from -limit to limit; those beyond go to the outermost. */
export function residualBins(residuals: ArrayLike<number>, limit: number): readonly number[] {
  const bins = new Array<number>(binCount).fill(0);
  for (let at = 0; at < residuals.length; at++) {
    const place = Math.floor(((residuals[at] / limit + 1) / 2) * binCount);
    if (Number.isFinite(place)) bins[Math.min(binCount - 1, Math.max(0, place))] += 1;
  }
  return bins;
}
