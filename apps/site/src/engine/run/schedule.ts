/** Steps up to which every step is scored. */
const everyStep = 100;

/**
 * The next step at which scores are taken: every step up to 100, then every hundredth part of the way, so that a curve
 * has a resolution of 1 % on its axis. Depends on the step alone, whatever slices a run is cut into.
 *
 * @example
 * nextScoredStep(99) // => 100, nextScoredStep(250) // => 252
 */
export function nextScoredStep(step: number): number {
  return step + Math.max(1, Math.floor(step / everyStep));
}
