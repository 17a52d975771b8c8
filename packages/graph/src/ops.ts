/**
 * @file The op set: what exists, and the attributes each op carries. Every other per-op table (shape rule, interpreter,
 * derivative, cost, printer, an emitter per backend) is typed `{ [K in OpName]: ... }` over this one, so the compiler
 * lists what a new op still lacks.
 *
 * Conventions: elementwise operands have equal shapes (the builders insert `reshape` and `broadcast`); reductions remove
 * their axes (the builders put them back as 1 for `keepDims`); attribute axes are never negative.
 */
import type { DType, OpName, Shape, TensorSpec } from './types.js';

export interface Window2d {
  /** Extent of the window, rows then columns. */
  readonly window: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  /** Zeros added before and after, rows then columns. */
  readonly padding: readonly [readonly [number, number], readonly [number, number]];
}

/** Ops without attributes. */
export type NoAttributes = Readonly<Record<never, never>>;

export interface OpAttributes {
  // Leaves
  input: TensorSpec & { readonly name: string };
  state: TensorSpec & { readonly name: string };
  /** Values in row-major order; a single value fills any shape. */
  constant: TensorSpec & { readonly values: readonly number[] };
  /** Index along `axis`, int32. */
  iota: { readonly shape: Shape; readonly axis: number };
  // Elementwise, one operand
  neg: NoAttributes;
  abs: NoAttributes;
  sign: NoAttributes;
  floor: NoAttributes;
  exp: NoAttributes;
  expm1: NoAttributes;
  log: NoAttributes;
  log1p: NoAttributes;
  sqrt: NoAttributes;
  sin: NoAttributes;
  cos: NoAttributes;
  tanh: NoAttributes;
  sigmoid: NoAttributes;
  erf: NoAttributes;
  not: NoAttributes;
  /** float32 -> int32 truncates; anything -> bool tests for non-zero. */
  cast: { readonly dtype: DType };
  /** Identity whose derivative is 0. */
  stopGradient: NoAttributes;
  // Elementwise, two operands of one dtype
  add: NoAttributes;
  sub: NoAttributes;
  mul: NoAttributes;
  /** int32 truncates towards 0. */
  div: NoAttributes;
  pow: NoAttributes;
  /** Propagates NaN. */
  max: NoAttributes;
  /** Propagates NaN. */
  min: NoAttributes;
  equal: NoAttributes;
  less: NoAttributes;
  lessEqual: NoAttributes;
  and: NoAttributes;
  or: NoAttributes;
  /** select(condition, a, b) */
  select: NoAttributes;
  // Reductions
  sum: { readonly axes: readonly number[] };
  reduceMax: { readonly axes: readonly number[] };
  /** First index of the maximum, int32. */
  argMax: { readonly axis: number };
  // Moves
  /** Equal rank; every extent that differs was 1. */
  broadcast: { readonly shape: Shape };
  reshape: { readonly shape: Shape };
  transpose: { readonly permutation: readonly number[] };
  slice: { readonly begin: readonly number[]; readonly size: readonly number[] };
  pad: { readonly before: readonly number[]; readonly after: readonly number[]; readonly value: number };
  concat: { readonly axis: number };
  reverse: { readonly axes: readonly number[] };
  // Contraction
  /**
   * Product of two operands summed over the labels that the output lacks, `'ij,jk->ik'`. No label repeats inside one
   * operand; a label of one operand occurs in the other or in the output.
   */
  einsum: { readonly spec: string };
  cumsum: { readonly axis: number; readonly exclusive: boolean; readonly reverse: boolean };
  // Indexing: (table, indices) and (updates, indices); indices are int32 within [0, size)
  gather: { readonly axis: number };
  /** Adds slices of updates into zeros of extent `size` along `axis`. */
  scatterAdd: { readonly axis: number; readonly size: number };
  // Windows: [B,H,W,C] -> [B,OH,OW,kh,kw,C] and its adjoint
  patches: Window2d;
  fold: Window2d & { readonly size: readonly [number, number] };
  /** Uniform on [0, 1), from an int32 key of shape [2] (seed, counter): Threefry-2x32. */
  random: { readonly shape: Shape };
}

/** What a scheduler may assume of an op. */
export type OpKind = 'leaf' | 'elementwise' | 'reduction' | 'move' | 'contraction' | 'indexing' | 'random';

export interface OpInfo {
  readonly kind: OpKind;
  /** Number of operands; `concat` takes any number from one. */
  readonly arity: number | 'any';
  /** Smooth wherever it is defined: finite differences may test it to any order. */
  readonly isSmooth: boolean;
}

const leaf: OpInfo = { kind: 'leaf', arity: 0, isSmooth: true };
const smooth1: OpInfo = { kind: 'elementwise', arity: 1, isSmooth: true };
const stepped1: OpInfo = { kind: 'elementwise', arity: 1, isSmooth: false };
const smooth2: OpInfo = { kind: 'elementwise', arity: 2, isSmooth: true };
const stepped2: OpInfo = { kind: 'elementwise', arity: 2, isSmooth: false };
const move: OpInfo = { kind: 'move', arity: 1, isSmooth: true };

export const opInfo: { readonly [K in OpName]: OpInfo } = {
  input: leaf,
  state: leaf,
  constant: leaf,
  iota: leaf,
  neg: smooth1,
  abs: stepped1,
  sign: stepped1,
  floor: stepped1,
  exp: smooth1,
  expm1: smooth1,
  log: smooth1,
  log1p: smooth1,
  sqrt: smooth1,
  sin: smooth1,
  cos: smooth1,
  tanh: smooth1,
  sigmoid: smooth1,
  erf: smooth1,
  not: stepped1,
  cast: stepped1,
  stopGradient: stepped1,
  add: smooth2,
  sub: smooth2,
  mul: smooth2,
  div: smooth2,
  pow: smooth2,
  max: stepped2,
  min: stepped2,
  equal: stepped2,
  less: stepped2,
  lessEqual: stepped2,
  and: stepped2,
  or: stepped2,
  select: { kind: 'elementwise', arity: 3, isSmooth: true },
  sum: { kind: 'reduction', arity: 1, isSmooth: true },
  reduceMax: { kind: 'reduction', arity: 1, isSmooth: false },
  argMax: { kind: 'reduction', arity: 1, isSmooth: false },
  broadcast: move,
  reshape: move,
  transpose: move,
  slice: move,
  pad: move,
  concat: { kind: 'move', arity: 'any', isSmooth: true },
  reverse: move,
  einsum: { kind: 'contraction', arity: 2, isSmooth: true },
  cumsum: { kind: 'reduction', arity: 1, isSmooth: true },
  gather: { kind: 'indexing', arity: 2, isSmooth: true },
  scatterAdd: { kind: 'indexing', arity: 2, isSmooth: true },
  patches: move,
  fold: { kind: 'reduction', arity: 1, isSmooth: true },
  random: { kind: 'random', arity: 1, isSmooth: false },
};

export const opNames = Object.keys(opInfo) as OpName[];
