import { describe, expect, it } from 'vitest';
import { constant, input, state } from '../build/create.js';
import { add, cast, div, mul, neg, not, or, pow, select } from '../build/elementwise.js';
import { fold, gather, patches, random, scatterAdd } from '../build/indexing.js';
import { pad } from '../build/move.js';
import { reduceMax } from '../build/reduce.js';
import { defineProgram } from '../program.js';
import type { Node } from '../types.js';
import { interpret, interpretNodes } from './interpret.js';
import { uniformValues } from './threefry.js';

const values = (node: Node) => Array.from(interpretNodes([node])[0]);
const int = (...list: number[]) => constant(list, [list.length], 'int32');

describe('interpret', () => {
  it('computes updates from the old state and keeps entries without one', () => {
    const swap = defineProgram({
      name: 'swap',
      state: {
        a: { shape: [], dtype: 'float32' },
        b: { shape: [], dtype: 'float32' },
        kept: { shape: [1], dtype: 'float32' },
      },
      build: ({ state: { a, b } }) => ({ outputs: { sum: add(a, b) }, updates: { a: b, b: a } }),
    });
    expect(interpret(swap, { state: { a: [1], b: [2], kept: [3] } })).toEqual({
      outputs: { sum: Float64Array.of(3) },
      state: { kept: Float64Array.of(3), a: Float64Array.of(2), b: Float64Array.of(1) },
    });
  });

  it('says which leaf is not bound', () => {
    const x = input('x', { shape: [2], dtype: 'float32' });
    expect(() => interpretNodes([x])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: interpret expected 2 elements for input 'x' float32[2], got nothing.

      Fix: bind it: { inputs: { "x": [...] } }]
    `);
    expect(() => interpretNodes([state('w', x)], { state: { w: [1] } })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: interpret expected 2 elements for state 'w' float32[2], got 1.

      Fix: bind it: { state: { "w": [...] } }]
    `);
  });

  it('wraps int32, truncates division, tests bool for non-zero', () => {
    expect(values(add(int(2 ** 31 - 1), 1))).toEqual([-(2 ** 31)]);
    expect(values(div(int(7, -7), int(2, 2)))).toEqual([3, -3]);
    expect(values(cast(constant([-1.9, 1.9], [2]), 'int32'))).toEqual([-1, 1]);
    expect(values(or(cast(int(0, 5), 'bool'), not(cast(int(0, 5), 'bool'))))).toEqual([1, 1]);
  });

  it('propagates NaN through max and not through a branch that is not taken', () => {
    expect(values(reduceMax(constant([1, Number.NaN], [2])))).toEqual([Number.NaN]);
    expect(values(select(constant(1, [1], 'bool'), constant(2, [1]), Number.NaN))).toEqual([2]);
    expect(values(pow(constant([0, -2], [2]), constant([0, 3], [2])))).toEqual([1, -8]);
  });

  it('pads with the value given, and windows with zeros', () => {
    expect(values(pad(constant([1], [1]), [1], [2], 9))).toEqual([9, 1, 9, 9]);
    const image = constant([1, 2, 3, 4], [1, 2, 2, 1]);
    const options = {
      padding: [
        [1, 0],
        [0, 0],
      ],
      strides: [2, 1],
    } as const;
    expect(values(patches(image, [2, 2], options))).toEqual([0, 0, 1, 2]);
    expect(values(fold(patches(image, [2, 1]), [2, 2], [2, 1]))).toEqual([1, 2, 3, 4]);
  });

  it('gathers, adds repeated indices, and rejects others', () => {
    const table = constant([1, 2, 3, 4, 5, 6], [3, 2]);
    expect(values(gather(table, int(2, 0)))).toEqual([5, 6, 1, 2]);
    expect(values(gather(table, int(1, 1), 1))).toEqual([2, 2, 4, 4, 6, 6]);
    expect(values(scatterAdd(constant([1, 2, 4], [3]), int(1, 1, 0), 2))).toEqual([4, 3]);
    expect(() => values(gather(table, int(3)))).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: gather expected indices from 0 to 2, got 3.

      Fix: clamp or mask the indices first]
    `);
    expect(() => values(scatterAdd(constant([1], [1]), int(-1), 2))).toThrow(/indices from 0 to 1/);
  });

  it('draws the numbers of Threefry', () => {
    expect(values(random(int(5, 6), [2, 2]))).toEqual(Array.from(uniformValues(5, 6, 4)));
  });

  it('runs on no element', () => {
    expect(values(mul(neg(constant([], [0, 3])), 2))).toEqual([]);
    expect(values(reduceMax(constant([], [0])))).toEqual([Number.NEGATIVE_INFINITY]);
  });
});
