import { describe, expect, it } from 'vitest';
import { drawStroke } from './drawStroke.js';

describe('drawStroke', () => {
  it('is full on the line and falls off over one pixel', () => {
    const image = new Float32Array(25);
    drawStroke(image, 5, [2, -9, 2, 9], 0.75, 1);
    expect([...image.subarray(10, 15)]).toEqual([0, 0.25, 1, 0.25, 0]);
  });

  it('keeps the lighter of two strokes, draws a point as a disc, and stays within the image', () => {
    const image = new Float32Array(9).fill(0.75);
    drawStroke(image, 3, [0, 0, 0, 0], 0.5, 1);
    expect([...image]).toEqual([1, 0.75, 0.75, 0.75, 0.75, 0.75, 0.75, 0.75, 0.75]);
    drawStroke(image, 3, [-50, -50, -40, -60], 3, 1);
    expect(image[1]).toBe(0.75);
  });
});
