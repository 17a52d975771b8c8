import { describe, expect, it } from 'vitest';
import { testRandom } from './testRandom.js';

describe('testRandom', () => {
  it('draws the pinned numbers', () => {
    const random = testRandom(1);
    expect([random.uniform(), random.normal(), random.integer(1000)]).toMatchInlineSnapshot(`
      [
        0.09156953175513294,
        0.7055364518740554,
        727,
      ]
    `);
  });

  it('repeats under one seed and differs under another', () => {
    expect(testRandom(7).normals(5)).toEqual(testRandom(7).normals(5));
    expect(testRandom(7).normals(5)).not.toEqual(testRandom(8).normals(5));
  });

  it('has the moments it claims, within four standard errors', () => {
    const count = 20_000;
    const normals = testRandom(3).normals(count);
    const mean = normals.reduce((sum, value) => sum + value, 0) / count;
    const variance = normals.reduce((sum, value) => sum + value * value, 0) / count;
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(count));
    // Variance of the square is 2 - 0.1: the kurtosis of twelve uniforms is 2.9.
    expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(1.9 / count));
    const uniforms = testRandom(4).uniforms(count, -1, 3);
    expect(uniforms.every((value) => value >= -1 && value < 3)).toBe(true);
  });
});
