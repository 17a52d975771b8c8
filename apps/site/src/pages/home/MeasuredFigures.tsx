/** The honest second sentence: what other nets came to on many seeds, with machine, date and commit. */
export function MeasuredFigures() {
  return null;
}
