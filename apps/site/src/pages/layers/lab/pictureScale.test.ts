import { expect, it } from 'vitest';
import { pictureScale } from './pictureScale.js';

const picture = (...values: readonly number[]) => ({
  gridSize: 1,
  extent: 1,
  surface: Float32Array.from(values),
  alongX1: new Float32Array(1),
  alongX2: new Float32Array(1),
});

it('stays while values fill a quarter of it, grows and shrinks to round numbers otherwise', () => {
  expect(pictureScale(picture(0.3, -1.2), 0)).toBe(1.5);
  expect(pictureScale(picture(0.6), 1.5)).toBe(1.5);
  expect(pictureScale(picture(-1.6), 1.5)).toBe(2);
  expect(pictureScale(picture(0.3), 2)).toBeCloseTo(0.3, 12);
  expect(pictureScale(picture(0, Number.NaN), 2)).toBe(1);
});
