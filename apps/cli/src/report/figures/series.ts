/** @file Series of points: what can be drawn of them, and how their lines end. */
import { type Axis, isPlottable } from './axes.js';

export interface Series {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

export interface Point {
  readonly x: number;
  /** NaN where the line has a gap. */
  readonly y: number;
}

/** The points of a series on an axis of the given type; what cannot be drawn becomes a gap. */
export function pointsOf({ x, y }: Series, type: Axis['type']): readonly Point[] {
  const length = Math.min(x.length, y.length);
  return Array.from({ length }, (_, index) => {
    const isDrawn = isPlottable(x[index]!, 'linear') && isPlottable(y[index]!, type);
    return isDrawn ? { x: x[index]!, y: y[index]! } : { x: NaN, y: NaN };
  });
}

export function isGap({ y }: Point): boolean {
  return Number.isNaN(y);
}

const stretchCount = 300;

/**
 * Thins a long series to what a screen can show: of each of 300 stretches its ends, its lowest and highest point and a gap if
 * it has one. Up to 1,200 points stay as they are.
 */
export function thinned(points: readonly Point[]): readonly Point[] {
  if (points.length <= 4 * stretchCount) return points;
  return Array.from({ length: stretchCount }, (_, stretch) => {
    const start = Math.floor((stretch * points.length) / stretchCount);
    const end = Math.floor(((stretch + 1) * points.length) / stretchCount);
    return representatives(points.slice(start, end));
  }).flat();
}

function representatives(points: readonly Point[]): readonly Point[] {
  const drawn = points.filter((point) => !isGap(point));
  const low = drawn.reduce<Point | undefined>((a, b) => (a !== undefined && a.y <= b.y ? a : b), undefined);
  const high = drawn.reduce<Point | undefined>((a, b) => (a !== undefined && a.y >= b.y ? a : b), undefined);
  const gap = points.find(isGap);
  const kept = new Set([points[0], low, high, gap, points.at(-1)]);
  return points.filter((point) => kept.has(point));
}
