import { type Contour, probabilityContours, signedContours } from '../drawing/paintContours.js';
import { probabilityScale, type ValueScale } from '../drawing/paintGrid.js';
import type { PointCloud } from '../drawing/paintPoints.js';

/** What a surface shows: values over a square, and the samples on it. */
export interface SurfacePicture {
  /** Row by row from (-extent, extent), rightwards and down; each in the middle of its cell. */
  readonly values: Float32Array;
  /** Cells along each side. */
  readonly size: number;
  readonly extent: number;
  readonly scale: ValueScale;
  readonly contours: readonly Contour[];
  readonly points?: PointCloud;
  /** 1 for each sample on the wrong side. */
  readonly isWrong?: Uint8Array;
}

/** Scale and contours of probabilities. */
export const probabilityLook = { scale: probabilityScale, contours: probabilityContours } as const;

/** Scale and contours of values with a sign, between -limit and limit. */
export function signedLook(limit: number): Pick<SurfacePicture, 'scale' | 'contours'> {
  return { scale: { low: -limit, high: limit }, contours: signedContours(limit) };
}

/** The value at a point, between the four cells around it; NaN outside the square. */
export function valueAt({ values, size, extent }: SurfacePicture, x1: number, x2: number): number {
  if (!(Math.abs(x1) <= extent && Math.abs(x2) <= extent)) return Number.NaN;
  const place = (value: number) =>
    Math.min(size - 1, Math.max(0, ((value + extent) / (2 * extent)) * size - 0.5));
  const column = place(x1);
  const row = place(-x2);
  const [left, top] = [Math.floor(column), Math.floor(row)];
  const [right, bottom] = [Math.min(size - 1, left + 1), Math.min(size - 1, top + 1)];
  const [across, down] = [column - left, row - top];
  const upper = values[top * size + left] * (1 - across) + values[top * size + right] * across;
  const lower = values[bottom * size + left] * (1 - across) + values[bottom * size + right] * across;
  return upper * (1 - down) + lower * down;
}

/** Rows of a table that says the picture in numbers: `count` values of x2 downwards, of x1 rightwards. */
export function tableOf(
  picture: SurfacePicture,
  count: number,
): { readonly axis: readonly number[]; readonly rows: readonly (readonly number[])[] } {
  const axis = Array.from({ length: count }, (_, at) => picture.extent * (-1 + (2 * at) / (count - 1)));
  return { axis, rows: axis.map((x2) => axis.map((x1) => valueAt(picture, x1, -x2))) };
}

/** Share of the cells above the middle of the scale, and whether some are beyond it or no numbers at all. */
export function describePicture({ values, scale, isWrong, points }: SurfacePicture): string {
  const middle = (scale.low + scale.high) / 2;
  let above = 0;
  let beyond = 0;
  let broken = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) broken += 1;
    else if (value >= middle) above += 1;
    if (value > scale.high * 1.00001 || value < scale.low - 1e-5) beyond += 1;
  }
  const percent = (count: number) => `${Math.round((100 * count) / values.length)} %`;
  const parts = [`${percent(above)} of the square is above ${Number(middle.toPrecision(3))}`];
  if (beyond > 0) parts.push(`${percent(beyond)} is beyond the scale (hatched)`);
  if (broken > 0) parts.push(`${percent(broken)} is not a number (checkered)`);
  if (isWrong && points) {
    const wrong = isWrong.reduce((sum, one) => sum + one, 0);
    parts.push(`${wrong} of ${isWrong.length} points are on the wrong side`);
  }
  return `${parts.join(', ')}.`;
}
