import { describe, expect, it } from 'vitest';
import { isGap, pointsOf, thinned } from './series.js';

describe('pointsOf', () => {
  it('turns what cannot be drawn into gaps', () => {
    const series = { name: 's', x: [1, 2, 3, NaN, 5], y: [1, NaN, 0, 1, -Infinity] };
    expect(pointsOf(series, 'linear').map(isGap)).toEqual([false, true, false, true, true]);
    expect(pointsOf(series, 'log').map(isGap)).toEqual([false, true, true, true, true]);
  });

  it('ends with the shorter of x and y', () => {
    expect(pointsOf({ name: 's', x: [1], y: [1, 2] }, 'linear')).toHaveLength(1);
  });
});

describe('thinned', () => {
  const long = Array.from({ length: 50000 }, (_, index) => ({ x: index, y: Math.sin(index) }));

  it('leaves short series alone', () => {
    const short = long.slice(0, 1200);
    expect(thinned(short)).toBe(short);
  });

  it('keeps ends, spikes and gaps in order', () => {
    const points = [...long];
    points[12345] = { x: 12345, y: 99 };
    points[23456] = { x: NaN, y: NaN };
    const kept = thinned(points);
    expect(kept.length).toBeLessThan(1600);
    expect(kept[0]).toBe(points[0]);
    expect(kept.at(-1)).toBe(points.at(-1));
    expect(kept).toContain(points[12345]);
    expect(kept.filter(isGap)).toHaveLength(1);
    const drawn = kept.filter((point) => !isGap(point)).map(({ x }) => x);
    expect(drawn).toEqual(drawn.toSorted((a, b) => a - b));
  });
});
