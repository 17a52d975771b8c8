import { describe, expect, it } from 'vitest';
import { gridSize, picturePoints, pointsOf, sliceSize } from './picturePoints.js';

describe('pointsOf', () => {
  it('has the middles of cells from the top left, then both axes with their ends and the origin', () => {
    const points = pointsOf(2);
    expect(points).toHaveLength(2 * picturePoints);
    expect([...points.slice(0, 2)]).toEqual([-2 + 2 / gridSize, 2 - 2 / gridSize]);
    const first = 2 * gridSize ** 2;
    const at = (point: number) => [...points.slice(first + 2 * point, first + 2 * point + 2)];
    expect(at(0)).toEqual([-2, 0]);
    expect(at((sliceSize - 1) / 2)).toEqual([0, 0]);
    expect(at(sliceSize - 1)).toEqual([2, 0]);
    expect(at(2 * sliceSize - 1)).toEqual([0, 2]);
  });
});
