import { describe, expect, it } from 'vitest';
import { contourPaths } from './contourPaths.js';

describe('contourPaths', () => {
  it('bounds the right part of a plane that rises to the right', () => {
    // 3 × 3 nodes, 50 pixels apart, of values 0, 1, 2 from left to right: 1/2 lies at 25, 3/2 at 75.
    const values = [0, 1, 2, 0, 1, 2, 0, 1, 2];
    const [low, high] = contourPaths(values, 3, [0.5, 1.5], 100).map(horizontalRange);
    expect(low![0]).toBe(25);
    expect(high![0]).toBe(75);
    // Half a cell beyond the square
    expect([low![1], high![1]]).toEqual([125, 125]);
  });

  it('has the lowest row first', () => {
    const [path] = contourPaths([1, 1, 0, 0], 2, [0.5], 100);
    const heights = [...path!.matchAll(/,(-?[\d.]+)/g)].map(([, y]) => Number(y));
    expect(Math.min(...heights)).toBe(50);
  });

  it('leaves out what no value reaches', () => {
    expect(contourPaths([0, 0, 0, 0], 2, [1], 100)).toEqual(['']);
  });
});

function horizontalRange(path: string): [number, number] {
  const places = [...path.matchAll(/[ML](-?[\d.]+)/g)].map(([, x]) => Number(x));
  return [Math.min(...places), Math.max(...places)];
}
