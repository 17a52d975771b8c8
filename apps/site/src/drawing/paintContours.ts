import { contourLines, type Polyline } from './contourLines.js';
import type { Palette } from './palette.js';

export interface Contour {
  readonly level: number;
  /** The boundary is solid, 2 px, with a halo; others are dashed, 1 px. */
  readonly isBoundary: boolean;
}

/** Of a probability: the boundary, and where the network is nine tenths sure. */
export const probabilityContours: readonly Contour[] = [
  { level: 0.1, isBoundary: false },
  { level: 0.9, isBoundary: false },
  { level: 0.5, isBoundary: true },
];

/** Of a value with a sign: where it changes it, and its halves of the scale. */
export function signedContours(limit: number): readonly Contour[] {
  return [
    { level: -limit / 2, isBoundary: false },
    { level: limit / 2, isBoundary: false },
    { level: 0, isBoundary: true },
  ];
}

/** Draws contours of a grid over a square of `side` pixels. */
export function paintContours(
  context: CanvasRenderingContext2D,
  values: ArrayLike<number>,
  size: number,
  contours: readonly Contour[],
  side: number,
  palette: Palette,
): void {
  context.lineJoin = 'round';
  for (const { level, isBoundary } of contours) {
    const path = toPath(contourLines(values, size, level), side / size);
    if (isBoundary) {
      context.setLineDash([]);
      context.lineWidth = 5;
      context.strokeStyle = palette.background;
      context.stroke(path);
    }
    context.setLineDash(isBoundary ? [] : [5, 4]);
    context.lineWidth = isBoundary ? 2 : 1;
    context.strokeStyle = palette.text;
    context.stroke(path);
  }
  context.setLineDash([]);
}

/** Values stand in the middle of their cells. */
function toPath(lines: readonly Polyline[], cell: number): Path2D {
  const path = new Path2D();
  for (const line of lines) {
    path.moveTo((line[0] + 0.5) * cell, (line[1] + 0.5) * cell);
    for (let at = 2; at < line.length; at += 2)
      path.lineTo((line[at] + 0.5) * cell, (line[at + 1] + 0.5) * cell);
  }
  return path;
}
