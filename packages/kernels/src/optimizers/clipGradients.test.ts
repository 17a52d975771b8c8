import { constant, interpretNodes, type Node } from '@polyneuron/graph';
import { expectClose, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { clipByGlobalNorm, clipByNorm, clipByValue } from './clipGradients.js';

const { elementwise, exact } = tolerances.float64;
const gradients = { a: constant([3, -4], [2]), b: constant([0, 12], [1, 2]) };
const values = (nodes: Readonly<Record<string, Node>>) =>
  interpretNodes(Object.values(nodes)).map((list) => Array.from(list));

describe('clipping of gradients', () => {
  it('by value', () => {
    expectClose(values(clipByValue(3.5)(gradients)).flat(), [3, -3.5, 0, 3.5], exact);
  });

  it('by the norm of each', () => {
    expectClose(values(clipByNorm(6)(gradients)).flat(), [3, -4, 0, 6], elementwise);
  });

  it('by the norm of all, which is 13 here', () => {
    expectClose(values(clipByGlobalNorm(6.5)(gradients)).flat(), [1.5, -2, 0, 6], elementwise);
    expectClose(values(clipByGlobalNorm(13)(gradients)).flat(), [3, -4, 0, 12], elementwise);
  });

  it('leaves zeros, and no gradient at all, as they are', () => {
    const zeros = { a: constant(0, [3]) };
    for (const clip of [clipByValue(1), clipByNorm(1), clipByGlobalNorm(1)]) {
      expectClose(values(clip(zeros)).flat(), [0, 0, 0], exact);
      expect(clip({})).toEqual({});
    }
  });

  it.each([0, -1, Number.NaN])('rejects the limit %d', (limit) => {
    for (const clip of [clipByValue, clipByNorm, clipByGlobalNorm])
      expect(() => clip(limit)).toThrow('expected a limit above 0');
  });

  it('names the function in its errors', () => {
    expect(() => clipByNorm(0)).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: clipByNorm expected a limit above 0, got 0.

      Fix: leave clipping out]
    `);
  });
});
