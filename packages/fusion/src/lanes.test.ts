/** @file Which programs run across lanes, and what one sample's part of each op becomes there. */
import {
  add,
  argMax,
  broadcastTo,
  cast,
  concat,
  constant,
  cumsum,
  type DType,
  einsum,
  exp,
  gather,
  gradientProgram,
  input,
  iota,
  less,
  max,
  mean,
  mul,
  type Node,
  type Program,
  pad,
  programOf,
  random,
  reduceMax,
  reshape,
  reverse,
  select,
  slice,
  square,
  state,
  stopGradient,
  sub,
  sum,
  transpose,
} from '@polyneuron/graph';
import { describe, expect, it } from 'vitest';
import { type PlanOptions, planProgram } from './planProgram.js';
import { expectPlanned, kindsOf } from './testing/expectPlanned.js';

const fed = (name: string, shape: number[], dtype: DType = 'float32') => input(name, { shape, dtype });
const kept = (name: string, shape: number[], dtype: DType = 'float32') => state(name, { shape, dtype });
const batches = [8, 13];

const hasLanes = (program: Program, given = {}): boolean =>
  kindsOf(expectPlanned(program, given)).includes('lanes');

/** Ops of one sample: from x [B, 2, 3, 4]. */
const rules: Readonly<Record<string, (x: Node) => Node>> = {
  'transpose within a sample': (x) => transpose(x, [0, 3, 1, 2]),
  'slice within a sample': (x) => slice(x, [0, 1, 0, 2], [-1, 1, 3, 2]),
  'reverse of one axis': (x) => reverse(x, [2]),
  'reverse of all axes but the first': (x) => reverse(x, [1, 2, 3]),
  'pad within a sample': (x) => pad(x, [0, 1, 0, 2], [0, 0, 3, 1], 1.5),
  'running sum': (x) => cumsum(x, 2),
  'running sum, exclusive': (x) => cumsum(x, 1, { exclusive: true }),
  'running sum, reverse': (x) => cumsum(x, 3, { reverse: true }),
  'running sum, exclusive and reverse': (x) => cumsum(x, 2, { exclusive: true, reverse: true }),
  'concat with itself and a constant': (x) => concat([x, mul(x, 2), constant(3, [x.shape[0], 2, 3, 1])], 3),
  'concat in the middle': (x) => concat([x, reverse(x, 2)], 2),
  'reshape within a sample': (x) => reshape(x, [x.shape[0], 4, 6]),
  'sum of some axes': (x) => sum(x, [1, 3]),
  'largest of one axis': (x) => reduceMax(x, 2),
  'largest of all axes': (x) => reduceMax(x, [1, 2, 3]),
  'broadcast along a kept axis': (x) => broadcastTo(sum(x, 2, { keepDims: true }), x.shape),
  'product with weights': (x) => einsum('bijk,kl->bijl', x, kept('w', [4, 2])),
  'product of two values of a sample': (x) =>
    einsum('bijk,blk->bijl', x, reshape(slice(x, [0, 1, 0, 0], [-1, 1, 3, 4]), [x.shape[0], 3, 4])),
  'product on the other side': (x) => einsum('kl,bijk->blij', kept('w', [4, 2]), x),
  'select by coordinates': (x) => select(less(cast(iota([3, 4], 1), 'float32'), 2), x, mul(x, 3)),
  'a barrier to derivatives': (x) => mul(x, stopGradient(exp(x))),
};

describe('lanes', () => {
  it.each(Object.entries(rules))('unroll %s, and its derivative', (_, rule) => {
    for (const batch of batches) {
      const y = square(rule(exp(fed('x', [batch, 2, 3, 4]))));
      const forward = programOf('rule', { y });
      expect(hasLanes(forward)).toBe(true);
      expect(hasLanes(gradientProgram(forward))).toBe(true);
    }
  });

  it('gather rows of state by an index per sample', () => {
    const rows = fed('rows', [9], 'int32');
    const y = mul(gather(kept('table', [5, 2, 3]), rows), fed('x', [9, 2, 3]));
    const given = { rows: Int32Array.of(4, 0, 1, 1, 2, 3, 4, 0, 2) };
    expect(hasLanes(programOf('gather', { y }), given)).toBe(true);
    expectPlanned(gradientProgram(programOf('gather', { y })), given);
  });

  it('draw random numbers before the loop', () => {
    const noise = random(kept('key', [2], 'int32'), [9, 3]);
    expect(hasLanes(programOf('noise', { y: mul(fed('x', [9, 3]), noise) }))).toBe(true);
  });

  it('start at eight samples', () => {
    const ofBatch = (batch: number) => programOf('batch', { y: exp(fed('x', [batch, 3])) });
    expect([1, 7, 8, 9].map((batch) => hasLanes(ofBatch(batch)))).toEqual([false, false, true, true]);
  });

  it('end where one sample needs too many operations', () => {
    const ofWidth = (width: number) =>
      programOf('wide', { y: einsum('bi,io->bo', fed('x', [8, width]), kept('w', [width, width])) });
    expect([20, 40].map((width) => hasLanes(ofWidth(width)))).toEqual([true, false]);
  });

  const w = kept('w', [3, 3]);
  const x = fed('x', [8, 3]);
  const column = constant(1, [8]);
  const plain: Readonly<Record<string, Record<string, Node>>> = {
    'no input at all': { y: exp(kept('s', [8, 3])) },
    'only single numbers as inputs': { y: mul(kept('s', [8, 3]), fed('rate', [])) },
    'inputs of two batches': { y: exp(x), z: exp(fed('z', [9, 3])) },
    'an input that has no batch': { y: einsum('bi,io->bo', x, fed('v', [3, 3])) },
    'an empty axis': { y: exp(fed('x', [8, 0])), z: exp(fed('z', [8, 3])) },
    'samples that see each other: a sum over the batch, used again': {
      y: sub(x, mean(x, 0, { keepDims: true })),
    },
    'samples that see each other: a product': { y: einsum('bi,ci->bc', x, x) },
    'samples that see each other: a transposition': { y: mul(transpose(x), 2) },
    'samples that see each other: the largest': { y: reduceMax(x, 0) },
    'samples that see each other: a running sum': { y: cumsum(x, 0) },
    'samples that see each other: backwards': { y: reverse(x, 0) },
    'samples joined into rows': { y: reshape(exp(x), [4, 6]) },
    'more samples than the batch': { y: concat([x, x], 0) },
    'fewer samples than the batch': { y: exp(slice(x, [2, 0], [5, 3])) },
    'a padded batch': { y: exp(pad(x, [1, 0], [1, 0])) },
    'an index of the largest': { y: argMax(x, 1) },
    'a batch that becomes a row': { y: exp(broadcastTo(reshape(sum(x, 1), [1, 8]), [8, 8])) },
    'a batch on the second axis of a product': { y: einsum('bi,b->ib', x, column) },
    // Found here: planning ended in an internal error
    'samples in an order that indices give': { y: gather(exp(x), kept('order', [8], 'int32')) },
    'samples in an order that samples give': { y: gather(exp(x), fed('order', [8], 'int32')) },
    'a sum of integers': { y: sum(fed('count', [8, 2], 'int32'), 0) },
  };

  it.each(Object.entries(plain))('leave out %s', (_, outputs) => {
    expect(hasLanes(programOf('plain', outputs))).toBe(false);
  });

  it('take single numbers, constants and state beside the batch', () => {
    const y = add(mul(einsum('bi,io->bo', x, w), fed('rate', [])), constant([1, 2, 3], [3]));
    expect(hasLanes(programOf('mixed', { y, first: max(y, kept('limit', [8, 3])) }))).toBe(true);
  });

  it('hold an input that is an output too', () => {
    expect(hasLanes(programOf('pass', { x, y: exp(x), z: stopGradient(x) }))).toBe(true);
  });

  it('add over the batch and over axes of a sample at once', () => {
    const y = exp(fed('x', [13, 2, 3]));
    const sums = {
      all: sum(y),
      batch: sum(y, 0),
      outer: sum(y, [0, 2]),
      product: einsum('bij,bkj->ik', y, y),
    };
    expect(hasLanes(programOf('sums', sums))).toBe(true);
  });

  it('are left out on request', () => {
    const program = programOf('small', { y: exp(fed('x', [13, 2])) });
    const kinds = (options?: PlanOptions) => planProgram(program, options).kernels.map(({ kind }) => kind);
    expect([kinds(), kinds({ lanes: true }), kinds({ lanes: false })]).toEqual([
      ['lanes', 'loop'],
      ['lanes', 'loop'],
      ['loop'],
    ]);
  });
});
