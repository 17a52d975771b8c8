import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { broadcastTo, constant, input, reshape } from '../build/create.js';
import {
  add,
  and,
  cast,
  div,
  less,
  mul,
  neg,
  not,
  or,
  pow,
  select,
  sub,
  tanh,
} from '../build/elementwise.js';
import { concat, pad, reverse, slice, transpose } from '../build/move.js';
import { sum } from '../build/reduce.js';
import { interpret } from '../interpret/interpret.js';
import { nodesOf, programOf } from '../program.js';
import type { Node } from '../types.js';
import { verify } from '../verify.js';
import { simplify } from './simplify.js';

const x = input('x', { shape: [2, 3], dtype: 'float32' });
const y = input('y', { shape: [2, 3], dtype: 'float32' });
const simplified = (node: Node) => verify(simplify(programOf('p', { node }))).outputs.node;
const yes = constant(1, [2, 3], 'bool');
const no = constant(0, [2, 3], 'bool');
const test = less(x, y);

describe('simplify', () => {
  it.each<[string, Node, Node]>([
    ['--x', neg(neg(x)), x],
    ['x + 0', add(x, 0), x],
    ['0 + x', add(0, x), x],
    ['x - 0', sub(x, 0), x],
    ['x · 1', mul(x, 1), x],
    ['1 · x', mul(1, x), x],
    ['x / 1', div(x, 1), x],
    ['x^1', pow(x, 1), x],
    ['not not c', not(not(test)), test],
    ['select of equals', select(test, x, x), x],
    ['select of a constant', select(yes, x, y), x],
    ['c and true', and(test, yes), test],
    ['c and c', and(test, test), test],
    ['c or false', or(no, test), test],
    ['transpose twice', transpose(transpose(x)), x],
    ['reshape twice', reshape(reshape(x, [6]), [2, 3]), x],
    ['sum over an axis of 1', sum(reshape(x, [2, 1, 3]), 1), x],
    ['whole slice', slice(x, [0, 0], [2, 3]), x],
    ['no pad', pad(x, [0, 0], [0, 0]), x],
    ['concat with nothing', concat([x, constant([], [0, 3])], 0), x],
    ['reverse of one', reverse(reshape(x, [1, 6]), 0), reshape(x, [1, 6])],
    ['cast to itself', cast(cast(test, 'bool'), 'bool'), test],
  ])('%s', (_, node, expected) => {
    const result = simplified(node);
    expect(nodesOf(programOf('p', { result })).length).toBe(nodesOf(programOf('p', { expected })).length);
    expect(result.op).toBe(expected.op);
  });

  it('turns x + (-y) into x - y, x·(-1) into -x, x² into a product', () => {
    expect(simplified(add(x, neg(y))).op).toBe('sub');
    expect(simplified(sub(x, neg(y))).op).toBe('add');
    expect(simplified(mul(x, -1)).op).toBe('neg');
    expect(simplified(pow(x, 2)).op).toBe('mul');
  });

  it('keeps x · 0 and x - x, which hide NaN when dropped', () => {
    expect(simplified(mul(x, 0)).op).toBe('mul');
    expect(simplified(sub(x, x)).op).toBe('sub');
  });

  it('folds constants and merges common subexpressions', () => {
    expect(simplified(mul(add(constant(2, [2, 3]), 3), 4))).toMatchObject({
      op: 'constant',
      attributes: { values: [20] },
    });
    const twice = add(tanh(mul(x, y)), tanh(mul(x, y)));
    expect(nodesOf(simplify(programOf('p', { twice })))).toHaveLength(5);
  });

  it('folds moves of one number however large', () => {
    expect(simplified(transpose(broadcastTo(constant(3), [1000, 1000])))).toMatchObject({
      op: 'constant',
      shape: [1000, 1000],
    });
  });

  it('keeps the value of random programs', () => {
    fc.assert(
      fc.property(
        randomExpression,
        fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 12, maxLength: 12 }),
        (node, numbers) => {
          const bindings = { inputs: { x: numbers.slice(0, 6), y: numbers.slice(6) } };
          const program = programOf('p', { node });
          const before = interpret({ ...program, inputs: { x, y } }, bindings).outputs.node;
          const after = interpret({ ...verify(simplify(program)), inputs: { x, y } }, bindings).outputs.node;
          expect(normal(after)).toEqual(normal(before));
        },
      ),
      { seed: 20261122, numRuns: 400 },
    );
  });
});

/** x + 0 → x keeps -0 where the sum gave 0: equal numbers, different bits. */
const normal = (values: Float64Array) => Array.from(values, (value) => (value === 0 ? 0 : value));

// Whole numbers and exact operations, so that equal means equal
const { expression: randomExpression } = fc.letrec<{ expression: Node }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    fc.constantFrom<Node>(
      x,
      y,
      constant(0, [2, 3]),
      constant(1, [2, 3]),
      constant(-1, [2, 3]),
      constant([1, 2, 3, 4, 5, 6], [2, 3]),
    ),
    fc
      .tuple(fc.constantFrom(add, sub, mul), tie('expression'), tie('expression'))
      .map(([op, a, b]) => op(a, b)),
    tie('expression').map((a) => neg(a)),
    tie('expression')
      .map((a) => transpose(reshape(transpose(a), [2, 3])))
      .map((a) => reshape(a, [2, 3])),
    tie('expression').map((a) => reverse(a, [0, 1])),
    tie('expression').map((a) => broadcastTo(sum(a, 0, { keepDims: true }), [2, 3])),
    fc
      .tuple(tie('expression'), tie('expression'), tie('expression'))
      .map(([a, b, c]) => select(less(a, b), c, a)),
    tie('expression').map((a) => slice(pad(a, [1, 0], [0, 2], 7), [0, 1], [2, 3])),
  ),
}));
