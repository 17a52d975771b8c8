import type { OpName } from '@polyneuron/graph';
import { einsum } from './contract.js';
import * as elementwise from './elementwise.js';
import { gather, scatterAdd } from './indexing.js';
import type { LeafOp, Lowering } from './lowering.js';
import { broadcast, concat, iota, pad, reshape, reverse, slice, transpose } from './move.js';
import { random } from './random.js';
import { argMax, cumsum, reduceMax, sum } from './reduce.js';
import { fold, patches } from './windows.js';

/** The TensorFlow ops that each op of a program becomes. */
export const lowerings: { readonly [K in Exclude<OpName, LeafOp>]: Lowering<K> } = {
  ...elementwise,
  sum,
  reduceMax,
  argMax,
  cumsum,
  broadcast,
  reshape,
  transpose,
  slice,
  pad,
  concat,
  reverse,
  iota,
  einsum,
  gather,
  scatterAdd,
  patches,
  fold,
  random,
};
