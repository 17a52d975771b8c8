import type { Palette } from './palette.js';

/** Samples as a surface shows them: positions in the shown square, their class, whether they test. */
export interface PointCloud {
  /** x1, x2 of every sample. */
  readonly positions: Float32Array;
  /** 1: orange disc, 0: blue diamond. Of a regression: 1 where the target is at least 0. */
  readonly classes: Uint8Array;
  readonly isTest: Uint8Array;
}

/** From a value's coordinates, -extent to extent and upwards, to pixels of a square canvas. */
export function toPixel(value: number, extent: number, side: number): number {
  return ((value + extent) / (2 * extent)) * side;
}

const groups = [
  { isPositive: true, isTest: false },
  { isPositive: true, isTest: true },
  { isPositive: false, isTest: false },
  { isPositive: false, isTest: true },
] as const;

/** Discs for class 1, diamonds for class 0; hollow where the sample tests. */
export function paintPoints(
  context: CanvasRenderingContext2D,
  cloud: PointCloud,
  extent: number,
  side: number,
  palette: Palette,
): void {
  const radius = radiusOf(side);
  for (const { isPositive, isTest } of groups) {
    const path = new Path2D();
    forEachPoint(cloud, extent, side, (x, y, index) => {
      if ((cloud.classes[index] === 1) !== isPositive || (cloud.isTest[index] === 1) !== isTest) return;
      if (isPositive) addDisc(path, x, y, radius);
      else addDiamond(path, x, y, radius * 1.25);
    });
    const { fill, outline } = palette.marks[isPositive ? 1 : 0];
    if (isTest) {
      context.lineWidth = 3;
      context.strokeStyle = palette.hollow.halo;
      context.stroke(path);
    }
    context.fillStyle = isTest ? palette.hollow.fill : fill;
    context.fill(path);
    context.lineWidth = 1.25;
    context.strokeStyle = outline;
    context.stroke(path);
  }
}

/** A ring around each sample that `isWrong` names. */
export function paintRings(
  context: CanvasRenderingContext2D,
  cloud: PointCloud,
  extent: number,
  side: number,
  palette: Palette,
  isWrong: Uint8Array,
): void {
  const radius = radiusOf(side) + 3;
  const rings = new Path2D();
  forEachPoint(cloud, extent, side, (x, y, index) => {
    if (isWrong[index] === 1) addDisc(rings, x, y, radius);
  });
  context.lineWidth = 1.25;
  context.strokeStyle = palette.text;
  context.stroke(rings);
}

function radiusOf(side: number): number {
  return Math.max(2.25, side / 110);
}

function forEachPoint(
  { positions }: PointCloud,
  extent: number,
  side: number,
  visit: (x: number, y: number, index: number) => void,
): void {
  for (let index = 0; 2 * index < positions.length; index++) {
    const x = toPixel(positions[2 * index], extent, side);
    const y = side - toPixel(positions[2 * index + 1], extent, side);
    if (x >= 0 && x <= side && y >= 0 && y <= side) visit(x, y, index);
  }
}

function addDisc(path: Path2D, x: number, y: number, radius: number): void {
  path.moveTo(x + radius, y);
  path.arc(x, y, radius, 0, 2 * Math.PI);
}

function addDiamond(path: Path2D, x: number, y: number, radius: number): void {
  path.moveTo(x, y - radius);
  path.lineTo(x + radius, y);
  path.lineTo(x, y + radius);
  path.lineTo(x - radius, y);
  path.closePath();
}
