import { describe, expect, it } from 'vitest';
import {
  describePicture,
  probabilityLook,
  type SurfacePicture,
  signedLook,
  tableOf,
  valueAt,
} from './surfacePicture.js';

/** x1 + 10 x2 in the middle of each cell. */
function plane(size: number, extent = 1): SurfacePicture {
  const middle = (at: number) => extent * (-1 + (2 * at + 1) / size);
  const values = Float32Array.from(
    { length: size * size },
    (_, at) => middle(at % size) - 10 * middle(Math.floor(at / size)),
  );
  return { values, size, extent, ...signedLook(20) };
}

describe('valueAt', () => {
  it('is exact on a plane away from the border', () => {
    expect(valueAt(plane(16), 0.3, -0.2)).toBeCloseTo(0.3 - 2, 5);
    expect(valueAt(plane(16, 2), -1.1, 0.4)).toBeCloseTo(-1.1 + 4, 5);
  });

  it('has no value outside', () => {
    expect(valueAt(plane(8), 1.01, 0)).toBeNaN();
  });
});

describe('tableOf', () => {
  it('goes down in x2 as the picture does', () => {
    const { axis, rows } = tableOf(plane(64), 3);
    expect(axis).toEqual([-1, 0, 1]);
    expect(rows[0][1]).toBeGreaterThan(9);
    expect(rows[2][1]).toBeLessThan(-9);
    expect(rows[1][1]).toBeCloseTo(0, 5);
  });
});

describe('describePicture', () => {
  it('says what is above, beyond and broken', () => {
    const values = Float32Array.of(0.2, 0.7, 1.5, Number.NaN);
    const picture = { values, size: 2, extent: 1, ...probabilityLook };
    expect(describePicture(picture)).toMatchInlineSnapshot(
      `"50 % of the square is above 0.5, 25 % is beyond the scale (hatched), 25 % is not a number (checkered)."`,
    );
    const points = {
      positions: new Float32Array(4),
      classes: Uint8Array.of(1, 0),
      isTest: Uint8Array.of(0, 1),
    };
    expect(describePicture({ ...picture, points, isWrong: Uint8Array.of(0, 1) })).toMatchInlineSnapshot(
      `"50 % of the square is above 0.5, 25 % is beyond the scale (hatched), 25 % is not a number (checkered), 1 of 2 points are on the wrong side."`,
    );
  });
});
