import { cos, sin } from '../random/elementary.js';

/** Strokes of one glyph: polylines x0, y0, x1, y1, … in a square from −1 to 1, y downwards. */
export type GlyphStrokes = readonly (readonly number[])[];

/** The ten invented classes, in label order. */
export const glyphNames = [
  'ring',
  'plus',
  'saltire',
  'triangle',
  'square',
  'zigzag',
  'tee',
  'chevron',
  'arch',
  'ladder',
] as const;

/** Strokes of every glyph, by class name. */
export function glyphStrokes(): Record<(typeof glyphNames)[number], GlyphStrokes> {
  return {
    ring: [arc(0, 2 * Math.PI, 20)],
    plus: [
      [0, -1, 0, 1],
      [-1, 0, 1, 0],
    ],
    saltire: [
      [-0.9, -0.9, 0.9, 0.9],
      [0.9, -0.9, -0.9, 0.9],
    ],
    triangle: [[0, -1, 0.95, 0.8, -0.95, 0.8, 0, -1]],
    square: [[-0.85, -0.85, 0.85, -0.85, 0.85, 0.85, -0.85, 0.85, -0.85, -0.85]],
    zigzag: [[-0.8, -0.9, 0.8, -0.9, -0.8, 0.9, 0.8, 0.9]],
    tee: [
      [-0.9, -0.9, 0.9, -0.9],
      [0, -0.9, 0, 1],
    ],
    chevron: [[-0.9, -0.8, 0, 0.9, 0.9, -0.8]],
    arch: [[-0.85, 1, -0.85, 0, ...arc(Math.PI, 2 * Math.PI, 10, 0.85), 0.85, 1]],
    ladder: [
      [-0.7, -1, -0.7, 1],
      [0.7, -1, 0.7, 1],
      [-0.7, 0, 0.7, 0],
    ],
  };
}

/** Points on a circle around the origin from one angle to another. */
function arc(from: number, to: number, segments: number, radius = 1): number[] {
  const points: number[] = [];
  for (let i = 0; i <= segments; i++) {
    const angle = from + ((to - from) * i) / segments;
    points.push(radius * cos(angle), radius * sin(angle));
  }
  return points;
}
