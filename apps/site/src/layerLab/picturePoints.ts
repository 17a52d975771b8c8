/** Cells along each side of the surface. */
export const gridSize = 96;
/** Points of each slice, both ends and the middle among them. */
export const sliceSize = 193;
export const picturePoints = gridSize * gridSize + 2 * sliceSize;

/**
 * Where a unit is evaluated to draw it: the middles of the cells of a square from -extent to extent, rows from the top,
 * then x1 along x2 = 0, then x2 along x1 = 0.
 *
 * Shapes   [picturePoints, 2]
 */
export function pointsOf(extent: number): Float64Array {
  const points = new Float64Array(2 * picturePoints);
  const middle = (cell: number) => extent * ((2 * cell + 1) / gridSize - 1);
  let at = 0;
  for (let row = 0; row < gridSize; row++) {
    for (let column = 0; column < gridSize; column++) {
      points[at++] = middle(column);
      points[at++] = -middle(row);
    }
  }
  for (const axis of [0, 1]) {
    for (let step = 0; step < sliceSize; step++, at += 2)
      points[at + axis] = extent * ((2 * step) / (sliceSize - 1) - 1);
  }
  return points;
}
