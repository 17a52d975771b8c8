/**
 * Draws a polyline with round ends into a grey image, lighter over darker.
 *
 * ink(p) = level · clamp(halfWidth + ½ − distance(p, polyline), 0, 1): a linear ramp of one pixel at the edge.
 *
 * Shapes   image [size·size] row by row, changed in place; points x0, y0, x1, y1, … in pixels, (0, 0) the centre of the
 *          first pixel
 * Cost     only the pixels of each segment's bounding box are visited
 */
export function drawStroke(
  image: Float32Array,
  size: number,
  points: readonly number[],
  halfWidth: number,
  level: number,
): void {
  const reach = halfWidth + 0.5;
  for (let p = 0; p + 3 < points.length; p += 2) {
    const [x0, y0, x1, y1] = [points[p], points[p + 1], points[p + 2], points[p + 3]];
    const dx = x1 - x0;
    const dy = y1 - y0;
    const lengthSquared = dx * dx + dy * dy;
    const top = Math.max(0, Math.ceil(Math.min(y0, y1) - reach));
    const bottom = Math.min(size - 1, Math.floor(Math.max(y0, y1) + reach));
    const left = Math.max(0, Math.ceil(Math.min(x0, x1) - reach));
    const right = Math.min(size - 1, Math.floor(Math.max(x0, x1) + reach));
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const along = lengthSquared === 0 ? 0 : ((x - x0) * dx + (y - y0) * dy) / lengthSquared;
        const t = Math.min(1, Math.max(0, along));
        const ex = x - x0 - t * dx;
        const ey = y - y0 - t * dy;
        const ink = level * Math.min(1, reach - Math.sqrt(ex * ex + ey * ey));
        if (ink > image[y * size + x]) image[y * size + x] = ink;
      }
    }
  }
}
