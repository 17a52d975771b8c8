import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { runLayer } from '../testing/runLayer.js';
import { groupNormSpec } from './groupNorm.js';
import { layerNormSpec } from './layerNorm.js';

const plain = { scale: false, center: false } as const;

describe('groupNorm', () => {
  it('computes the hand-worked example', () => {
    // Two positions of [a, b]: groups {1, 3, 5, 7} and {0, 0, 0, 4}, epsilon 4 and variances 5 and 3
    const x = [1, 3, 0, 0, 5, 7, 0, 4];
    const run = { config: { ...plain, groups: 2, epsilon: 4 }, inputShapes: [[2, 4]], inputs: [x] };
    const expected = [
      -1,
      -1 / 3,
      -1 / Math.sqrt(7),
      -1 / Math.sqrt(7),
      1 / 3,
      1,
      -1 / Math.sqrt(7),
      3 / Math.sqrt(7),
    ];
    expectClose(runLayer(groupNormSpec, run), expected, tolerances.float64.elementwise);
  });

  it('equals layerNorm for one group of a vector', () => {
    const run = { batch: 3, inputShapes: [[4]], inputs: [testRandom(1).normals(12)] };
    expect(runLayer(groupNormSpec, { ...run, config: { ...plain, groups: 1 } })).toEqual(
      runLayer(layerNormSpec, { ...run, config: plain }),
    );
  });

  it('normalises each channel of an image by itself when there are as many groups', () => {
    const x = testRandom(2).normals(5 * 5 * 3);
    const y = runLayer(groupNormSpec, {
      config: { ...plain, groups: 3, epsilon: 1e-9 },
      inputShapes: [[5, 5, 3]],
      inputs: [x],
    });
    for (const channel of [0, 1, 2]) {
      const values = y.filter((_, at) => at % 3 === channel);
      const squares = values.map((value) => value * value);
      const mean = (list: number[]) => list.reduce((a, b) => a + b) / list.length;
      expectClose([mean(values), mean(squares)], [0, 1], { rtol: 1e-8, atol: 1e-12 });
    }
  });

  it('rejects groups that do not divide the channels', () => {
    const run =
      (groups: number, epsilon = 1) =>
      () =>
        runLayer(groupNormSpec, { config: { groups, epsilon }, inputShapes: [[2, 4]], inputs: [] });
    expect(run(3)).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: groupNorm expected a number of channels that groups: 3 divides, got 4.

      Fix: pass groups that divide the channels, 1 for all of them at once]
    `);
    expect(run(0)).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: groupNorm expected groups to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run(2, 0)).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: groupNorm expected epsilon to be a finite number above 0, got 0.

      Fix: pass a positive number, however small]
    `);
  });
});
