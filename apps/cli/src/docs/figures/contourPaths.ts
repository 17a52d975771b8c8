/** @file Where a function over a square exceeds thresholds, as SVG paths. */
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { coordinate } from './svgFile.js';

/**
 * One path per threshold, around all points of at least that value, on a square of `size` pixels. Values stand row by
 * row, the lowest row first, on a grid of `nodes` × `nodes` points whose first and last lie on the edges. Paths reach
 * beyond the square by half a cell, so the square must clip them.
 */
export function contourPaths(
  values: readonly number[],
  nodes: number,
  thresholds: readonly number[],
  size: number,
): string[] {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  // Plot sees values as centres of cells: its picture is a cell wider than the span of the nodes.
  const cell = size / (nodes - 1);
  const svg = Plot.plot({
    document,
    width: nodes * cell,
    height: nodes * cell,
    margin: 0,
    axis: null,
    x: { domain: [0, 1] },
    y: { domain: [0, 1] },
    color: { type: 'ordinal', domain: thresholds, range: thresholds.map((_, at) => `level ${at}`) },
    marks: [
      Plot.contour(values as number[], {
        width: nodes,
        height: nodes,
        x1: 0,
        x2: 1,
        y1: 0,
        y2: 1,
        fill: Plot.identity,
        thresholds: thresholds as number[],
      }),
    ],
  });
  return thresholds.map((_, at) => {
    const path = svg.querySelector(`path[fill="level ${at}"]`)?.getAttribute('d') ?? '';
    return path
      .split('M')
      .slice(1)
      .map((ring) => ringPath(ring, -cell / 2))
      .join('');
  });
}

/** Rounded and without points in the middle of horizontal and vertical lines. */
function ringPath(ring: string, shift: number): string {
  const points = ring
    .replace('Z', '')
    .split('L')
    .map((point) => point.split(',').map((value) => coordinate(Number(value) + shift)));
  const kept = points.filter(([x, y], at) => {
    const [before, after] = [points.at(at - 1)!, points[(at + 1) % points.length]];
    return !(x === before[0] && x === after[0]) && !(y === before[1] && y === after[1]);
  });
  return kept.length < 3 ? '' : `M${kept.map((point) => point.join(',')).join('L')}Z`;
}
