import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DrawnPoint, mostLinkedPoints, printPoints, readPoints, snapToLink } from './pointsText.js';

const anyPoint = fc
  .tuple(
    fc.double({ min: -3, max: 3, noNaN: true }),
    fc.double({ min: -3, max: 3, noNaN: true }),
    fc.constantFrom(0, 1),
  )
  .map(([x1, x2, y]): DrawnPoint => [snapToLink(x1), snapToLink(x2), y]);

describe('printPoints', () => {
  it('gives back what readPoints reads, four characters a point', () => {
    fc.assert(
      fc.property(fc.array(anyPoint, { maxLength: mostLinkedPoints }), (points) => {
        const text = printPoints(points);
        expect(text).toMatch(/^[\w-]*$/);
        expect(text.length).toBe(4 * points.length);
        expect(readPoints(text)).toEqual({ points, notices: [] });
      }),
      { numRuns: 100, seed: 5 },
    );
  });

  // Given away once: these rows are only ever added to
  it.each([
    ['AAAA', [-3, -3, 0]],
    ['f-Jh', [0, 0, 1]],
  ])('%s is one point for ever', (text, point) => {
    expect(readPoints(text)).toEqual({ points: [point], notices: [] });
    expect(printPoints([point as unknown as DrawnPoint])).toBe(text);
  });
});

describe('snapToLink', () => {
  it('moves a point by half a place at most', () => {
    for (const value of [-1, -0.7, -1e-9, 0, 0.123456, 1])
      expect(Math.abs(snapToLink(value) - value)).toBeLessThanOrEqual(1.5 / 1447 + 1e-12);
    expect([snapToLink(5), snapToLink(-5)]).toEqual([3, -3]);
  });
});

describe('readPoints', () => {
  it('leaves out what is no point, and says so', () => {
    expect(readPoints('f-Jh!!!!f-Jhf-')).toMatchInlineSnapshot(`
      {
        "notices": [
          "2 of 4 points of the link are not understood and were left out",
        ],
        "points": [
          [
            0,
            0,
            1,
          ],
          [
            0,
            0,
            1,
          ],
        ],
      }
    `);
    expect(readPoints('____').notices).toMatchInlineSnapshot(`
      [
        "1 of 1 points of the link are not understood and were left out",
      ]
    `);
    expect(readPoints('<a b="c">').notices).toMatchInlineSnapshot(`
      [
        "3 of 3 points of the link are not understood and were left out",
      ]
    `);
  });

  it('reads no more than a link holds', () => {
    const { points, notices } = readPoints('f-Jh'.repeat(mostLinkedPoints + 1));
    expect(points).toHaveLength(mostLinkedPoints);
    expect(notices).toMatchInlineSnapshot(`
      [
        "the link holds more than 1500 points: the rest was left out",
      ]
    `);
  });

  it('survives any text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        for (const [x1, x2, y] of readPoints(text).points) {
          expect(Math.max(Math.abs(x1), Math.abs(x2))).toBeLessThanOrEqual(3);
          expect([0, 1]).toContain(y);
        }
      }),
      { numRuns: 300, seed: 6 },
    );
  });
});
