/**
 * @file Tiny programs that exercise every op, for the conformance suite of each backend: run the program, its gradient
 * program and the gradient's gradient program on the backend, and compare with the float64 interpreter.
 *
 * Extents around 4 and 8 catch the tails of vector loops, 0 and 1 the degenerate cases.
 */

import type { TensorData, TensorMap } from '@polyneuron/backend';
import {
  abs,
  add,
  and,
  argMax,
  broadcastTo,
  cast,
  concat,
  constant,
  cos,
  cumsum,
  type DType,
  defineProgram,
  div,
  einsum,
  equal,
  erf,
  exp,
  expm1,
  floor,
  fold,
  gather,
  iota,
  less,
  lessEqual,
  log,
  log1p,
  max,
  min,
  mul,
  type Node,
  neg,
  not,
  type OpName,
  or,
  type Program,
  pad,
  patches,
  pow,
  random,
  reduceMax,
  reshape,
  reverse,
  type Shape,
  scatterAdd,
  select,
  sigmoid,
  sign,
  sin,
  sizeOf,
  slice,
  sqrt,
  stopGradient,
  sub,
  sum,
  type TensorSpec,
  tanh,
  transpose,
  uniformValues,
  type WindowOptions,
} from '@polyneuron/graph';

/** One program of one op, with values for its inputs. */
export interface OpSample {
  /** Unique within the op: 'n = 7'. */
  readonly name: string;
  readonly program: Program;
  readonly inputs: TensorMap;
  /** Highest order of derivative that stays within float32's range: 0 for samples of extreme values, else 2. */
  readonly order: 0 | 2;
}

/** An input of a sample: its shape, and the range (or the values) it is drawn from. */
interface Source {
  readonly shape: Shape;
  readonly dtype?: DType;
  /** Values are uniform on [low, high); default [-2, 2) */
  readonly range?: readonly [number, number];
  readonly values?: readonly number[];
}

const edgeExtents = [0, 1, 3, 4, 5, 7, 8, 9, 17] as const;

const whole = (shape: Shape, low: number, high: number): Source => ({
  shape,
  dtype: 'int32',
  range: [low, high],
});
const truth = (shape: Shape): Source => ({ shape, dtype: 'bool', range: [0, 2] });

function sample<K extends string>(
  name: string,
  sources: Readonly<Record<K, Source>>,
  build: (inputs: Record<K, Node>) => Node,
  order: 0 | 2 = 2,
): OpSample {
  const specs = Object.fromEntries(
    Object.entries<Source>(sources).map(([key, { shape, dtype = 'float32' }]) => [key, { shape, dtype }]),
  ) as Record<K, TensorSpec>;
  const program = defineProgram({
    name,
    inputs: specs,
    build: ({ inputs }) => ({ outputs: { y: build(inputs) } }),
  });
  const inputs = Object.entries<Source>(sources).map(
    ([key, source], at) => [key, draw(source, at + 1)] as const,
  );
  return { name, program, inputs: Object.fromEntries(inputs), order };
}

const arrays: Readonly<Record<DType, { from(values: ArrayLike<number>): TensorData }>> = {
  float32: Float32Array,
  int32: Int32Array,
  bool: Uint8Array,
};

function draw(
  { shape, dtype = 'float32', range: [low, high] = [-2, 2], values }: Source,
  seed: number,
): TensorData {
  const drawn =
    values ?? Float64Array.from(uniformValues(seed, 0, sizeOf(shape)), (u) => low + (high - low) * u);
  return arrays[dtype].from(dtype === 'float32' ? drawn : Float64Array.from(drawn, Math.floor));
}

/** One operand: every edge extent, a matrix, and a scalar stretched over a matrix. */
const unary = (
  op: (x: Node) => Node,
  source: Omit<Source, 'shape'> = {},
  specials?: readonly number[],
): OpSample[] => [
  ...edgeExtents.map((n) => sample(`n = ${n}`, { x: { ...source, shape: [n] } }, ({ x }) => op(x))),
  sample('matrix', { x: { ...source, shape: [3, 5] } }, ({ x }) => op(x)),
  sample('of a stretched scalar', { x: { ...source, shape: [] } }, ({ x }) => op(broadcastTo(x, [2, 3]))),
  ...(specials
    ? [
        sample(
          'special values',
          { x: { ...source, shape: [specials.length], values: specials } },
          ({ x }) => op(x),
          0,
        ),
      ]
    : []),
];

const int32 = { dtype: 'int32', range: [-9, 10] } as const;

/** Two operands: every edge extent, and each side stretched along rows, columns, and both at once. */
const binary = (
  op: (a: Node, b: Node) => Node,
  a: Omit<Source, 'shape'> = {},
  b: Omit<Source, 'shape'> = a,
): OpSample[] => {
  const pair = (name: string, left: Shape, right: Shape) =>
    sample(name, { a: { ...a, shape: left }, b: { ...b, shape: right } }, (operands) =>
      op(operands.a, operands.b),
    );
  return [
    ...edgeExtents.map((n) => pair(`n = ${n}`, [n], [n])),
    pair('row stretched', [3, 5], [5]),
    pair('column stretched', [3, 1], [3, 5]),
    pair('column by row', [4, 1], [1, 7]),
    pair('middle stretched', [2, 3, 4], [2, 1, 4]),
    pair('both ends stretched', [1, 3, 1], [2, 3, 4]),
    pair('scalar second', [3, 5], []),
    pair('scalar first', [], [3, 5]),
  ];
};

const reduction = (
  op: (x: Node, axes: readonly number[]) => Node,
  source: Omit<Source, 'shape'> = {},
): OpSample[] => [
  ...edgeExtents.map((n) => sample(`n = ${n}`, { x: { ...source, shape: [n] } }, ({ x }) => op(x, [0]))),
  ...[[0], [1], [2], [0, 1], [1, 2], [0, 2], [0, 1, 2]].map((axes) =>
    sample(`axes ${axes}`, { x: { ...source, shape: [3, 4, 5] } }, ({ x }) => op(x, axes)),
  ),
  sample('no row left', { x: { ...source, shape: [0, 3] } }, ({ x }) => op(x, [1])),
];

const contraction = (spec: string, left: Shape, right: Shape): OpSample =>
  sample(
    `${spec} ${left.join('x')} ${right.join('x')}`,
    { a: { shape: left }, b: { shape: right } },
    ({ a, b }) => einsum(spec, a, b),
  );

const windows: readonly {
  readonly name: string;
  readonly image: Shape;
  readonly window: readonly [number, number];
  readonly options: WindowOptions;
}[] = [
  { name: 'overlapping', image: [2, 5, 6, 3], window: [3, 2], options: {} },
  { name: 'whole image', image: [1, 3, 3, 2], window: [3, 3], options: {} },
  { name: 'one pixel', image: [2, 2, 3, 1], window: [1, 1], options: {} },
  { name: 'strided', image: [2, 7, 7, 2], window: [3, 3], options: { strides: [2, 3] } },
  { name: 'strides that skip pixels', image: [1, 7, 8, 1], window: [2, 2], options: { strides: [3, 3] } },
  { name: 'dilated', image: [1, 7, 6, 2], window: [3, 2], options: { dilations: [2, 3] } },
  {
    name: 'padded unevenly',
    image: [2, 4, 5, 2],
    window: [3, 3],
    options: {
      padding: [
        [1, 0],
        [0, 2],
      ],
    },
  },
  {
    name: 'all at once',
    image: [2, 8, 9, 3],
    window: [3, 2],
    options: {
      strides: [2, 1],
      dilations: [1, 3],
      padding: [
        [2, 1],
        [1, 3],
      ],
    },
  },
  { name: 'no image', image: [0, 4, 4, 2], window: [2, 2], options: {} },
  { name: 'no window fits', image: [1, 2, 2, 1], window: [3, 3], options: {} },
];

const integers = (samples: readonly OpSample[]): OpSample[] =>
  samples.map((one) => ({ ...one, name: `int32, ${one.name}` }));

/** Samples of every op; the type makes a new op without samples a compile error. */
export const opSamples: { readonly [K in OpName]: readonly OpSample[] } = {
  input: [
    sample('returned as it is', { x: { shape: [3] } }, ({ x }) => x),
    sample('of each dtype', { x: whole([4], -5, 5) }, ({ x }) => x),
  ],
  state: [
    {
      name: 'read and updated from its old value',
      program: defineProgram({
        name: 'state',
        inputs: { x: { shape: [5], dtype: 'float32' } },
        state: { s: { shape: [5], dtype: 'float32' } },
        build: ({ inputs: { x }, state: { s } }) => ({
          outputs: { y: add(x, s) },
          updates: { s: add(s, x) },
        }),
      }),
      inputs: { x: Float32Array.of(1, 2, 3, 4, 5) },
      order: 2,
    },
  ],
  constant: [
    ...edgeExtents.map((n) =>
      sample(`n = ${n}`, { x: { shape: [n] } }, ({ x }) =>
        mul(
          x,
          constant(
            Array.from({ length: n }, (_, i) => i - 1.5),
            [n],
          ),
        ),
      ),
    ),
    sample('one value fills a shape', { x: { shape: [2, 3] } }, ({ x }) =>
      concat([x, constant(0.1, [2, 2])], 1),
    ),
    sample('alone', {}, () => constant(7, [2, 2])),
  ],
  iota: [
    sample('last axis', {}, () => iota([3, 5], 1)),
    sample('first axis', { x: { shape: [3, 5] } }, ({ x }) => mul(x, cast(iota([3, 5], 0), 'float32'))),
    sample('middle axis', {}, () => iota([2, 3, 4], 1)),
    sample('empty', {}, () => iota([0], 0)),
  ],
  neg: [...unary(neg), ...integers(unary(neg, int32))],
  abs: [...unary(abs), ...integers(unary(abs, int32))],
  sign: [...unary(sign, {}, [-2, -0, 0, 3]), ...integers(unary(sign, int32))],
  floor: unary(floor, {}, [-1, -0.5, 0, 0.5, 2, 1e10]),
  exp: unary(exp, { range: [-3, 3] }, [-104, 0, 1, Number.NEGATIVE_INFINITY]),
  expm1: unary(expm1, {}, [0, 1e-6, -1e-6, 2, -30]),
  log: unary(log, { range: [0.2, 5] }, [1, 1e-30, 1e30]),
  log1p: unary(log1p, { range: [-0.7, 5] }, [0, 1e-6, -1e-6, 3]),
  sqrt: unary(sqrt, { range: [0.2, 5] }, [1e-20, 1, 1e20]),
  sin: unary(sin, { range: [-4, 4] }, [0, 1, 30]),
  cos: unary(cos, { range: [-4, 4] }, [0, 1, 30]),
  tanh: unary(tanh, {}, [-40, -1e-4, 0, 1e-4, 40]),
  sigmoid: unary(sigmoid, {}, [-80, -1, 0, 1, 80]),
  erf: unary(erf, {}, [-5, -1e-3, 0, 1e-3, 5]),
  not: unary(not, { dtype: 'bool', range: [0, 2] }),
  cast: [
    ...edgeExtents.map((n) =>
      sample(`float32 to int32, n = ${n}`, { x: { shape: [n], range: [-9, 9] } }, ({ x }) =>
        cast(x, 'int32'),
      ),
    ),
    sample('float32 to bool', { x: { shape: [6], values: [0, -0, 0.25, -0.25, 1, -3] } }, ({ x }) =>
      cast(x, 'bool'),
    ),
    sample('int32 to bool', { x: { shape: [4], dtype: 'int32', values: [256, -1, 0, 2] } }, ({ x }) =>
      cast(x, 'bool'),
    ),
    sample('int32 to float32', { x: whole([5], -9, 9) }, ({ x }) => cast(x, 'float32')),
    sample('bool to float32', { x: truth([7]) }, ({ x }) => cast(x, 'float32')),
    sample('bool to int32', { x: truth([7]) }, ({ x }) => cast(x, 'int32')),
  ],
  stopGradient: [
    ...unary(stopGradient),
    sample('beside a live path', { x: { shape: [4] } }, ({ x }) => mul(x, stopGradient(x))),
  ],
  add: [...binary(add), ...integers(binary(add, int32))],
  sub: [...binary(sub), ...integers(binary(sub, int32))],
  mul: [...binary(mul), ...integers(binary(mul, int32))],
  div: [
    ...binary(div, {}, { range: [0.5, 3] }),
    ...integers(binary(div, int32, { dtype: 'int32', range: [1, 6] })),
  ],
  pow: [
    ...binary(pow, { range: [0.3, 3] }, { range: [-2, 2] }),
    sample(
      'whole constant exponent of a negative base',
      { x: { shape: [4], values: [-2, -0.5, 0, 3] } },
      ({ x }) => pow(x, 3),
    ),
    sample('exponent 0', { x: { shape: [3], values: [-1, 0, 2] } }, ({ x }) => pow(x, 0)),
  ],
  max: [
    ...binary(max),
    ...integers(binary(max, int32)),
    sample('tie', { x: { shape: [3], values: [-1, 0, 2] } }, ({ x }) => max(x, 0)),
    ...[0, 1].map((at) =>
      sample(
        `NaN beside a constant, operand ${at}`,
        { x: { shape: [3], values: [Number.NaN, -1, 2] } },
        ({ x }) => (at === 0 ? max(x, 0) : max(0, x)),
        0,
      ),
    ),
  ],
  min: [
    ...binary(min),
    ...integers(binary(min, int32)),
    sample('tie', { x: { shape: [3], values: [-1, 0, 2] } }, ({ x }) => min(x, 0)),
    ...[0, 1].map((at) =>
      sample(
        `NaN beside a constant, operand ${at}`,
        { x: { shape: [3], values: [Number.NaN, -1, 2] } },
        ({ x }) => (at === 0 ? min(x, 0) : min(0, x)),
        0,
      ),
    ),
  ],
  equal: [
    ...binary(equal, { range: [-1, 1] }),
    ...integers(binary(equal, { dtype: 'int32', range: [0, 3] })),
    sample('bool', { a: truth([9]), b: { ...truth([9]), values: [0, 1, 0, 1, 0, 1, 0, 1, 0] } }, ({ a, b }) =>
      equal(a, b),
    ),
    sample('equal floats', { x: { shape: [4], values: [1, 2, 0, -0] } }, ({ x }) =>
      equal(x, constant([1, 3, 0, 0], [4])),
    ),
  ],
  less: [
    ...binary(less),
    ...integers(binary(less, { dtype: 'int32', range: [0, 3] })),
    sample('tie', { x: { shape: [3], values: [-1, 0, 1] } }, ({ x }) => less(x, 0)),
  ],
  lessEqual: [
    ...binary(lessEqual),
    ...integers(binary(lessEqual, { dtype: 'int32', range: [0, 3] })),
    sample('tie', { x: { shape: [3], values: [-1, 0, 1] } }, ({ x }) => lessEqual(x, 0)),
  ],
  and: binary(and, { dtype: 'bool', range: [0, 2] }),
  or: binary(or, { dtype: 'bool', range: [0, 2] }),
  select: [
    ...edgeExtents.map((n) =>
      sample(`n = ${n}`, { c: truth([n]), a: { shape: [n] }, b: { shape: [n] } }, ({ c, a, b }) =>
        select(c, a, b),
      ),
    ),
    sample('everything stretched', { c: truth([3, 1]), a: { shape: [4] }, b: { shape: [] } }, ({ c, a, b }) =>
      select(c, a, b),
    ),
    sample('row condition', { c: truth([4]), a: { shape: [3, 4] } }, ({ c, a }) => select(c, a, 0)),
    sample(
      'does not mix in the side not taken',
      { c: { ...truth([2]), values: [1, 0] }, a: { shape: [2] } },
      ({ c, a }) => select(c, a, Number.POSITIVE_INFINITY),
    ),
    sample('int32', { c: truth([5]), a: whole([5], -9, 9) }, ({ c, a }) => select(c, a, 1)),
  ],
  sum: [
    ...reduction(sum),
    ...integers(reduction(sum, int32)),
    sample('of an empty axis', { x: { shape: [3, 0] } }, ({ x }) => sum(x, 1)),
  ],
  reduceMax: [
    ...reduction(reduceMax),
    ...integers(reduction(reduceMax, int32)),
    sample('tie', { x: { shape: [2, 3], values: [1, 2, 2, -1, -1, -1] } }, ({ x }) => reduceMax(x, 1)),
    sample('of an empty axis', { x: { shape: [3, 0], dtype: 'int32' } }, ({ x }) => reduceMax(x, 1)),
  ],
  argMax: [
    ...edgeExtents
      .filter((n) => n > 0)
      .map((n) => sample(`n = ${n}`, { x: { shape: [n] } }, ({ x }) => argMax(x))),
    ...[0, 1, 2].map((axis) =>
      sample(`axis ${axis}`, { x: { shape: [3, 4, 5] } }, ({ x }) => argMax(x, axis)),
    ),
    sample('first of a tie', { x: { shape: [2, 3], values: [1, 2, 2, -1, -1, -1] } }, ({ x }) => argMax(x)),
    sample('int32', { x: whole([3, 4], -9, 9) }, ({ x }) => argMax(x, 0)),
  ],
  broadcast: [
    ...edgeExtents.map((n) =>
      sample(`row to n = ${n} rows`, { x: { shape: [1, 3] } }, ({ x }) => broadcastTo(x, [n, 3])),
    ),
    sample('column', { x: { shape: [4, 1] } }, ({ x }) => broadcastTo(x, [4, 5])),
    sample('middle', { x: { shape: [2, 1, 3] } }, ({ x }) => broadcastTo(x, [2, 4, 3])),
    sample('both ends', { x: { shape: [1, 3, 1] } }, ({ x }) => broadcastTo(x, [2, 3, 4])),
    sample('scalar', { x: { shape: [] } }, ({ x }) => broadcastTo(x, [2, 3])),
    sample(
      'infinite and undefined values',
      { x: { shape: [3, 1], values: [Number.POSITIVE_INFINITY, Number.NaN, -1] } },
      ({ x }) => broadcastTo(x, [3, 2]),
    ),
    sample('int32', { x: whole([3, 1], -9, 9) }, ({ x }) => broadcastTo(x, [3, 4])),
    sample('bool', { x: truth([1, 5]) }, ({ x }) => broadcastTo(x, [3, 5])),
    sample('stretched, then moved', { x: { shape: [4] } }, ({ x }) => transpose(broadcastTo(x, [3, 4]))),
  ],
  reshape: [
    sample('to a matrix', { x: { shape: [12] } }, ({ x }) => reshape(x, [3, 4])),
    sample('to a scalar', { x: { shape: [1, 1] } }, ({ x }) => reshape(x, [])),
    sample('of a stretched row', { x: { shape: [3] } }, ({ x }) => reshape(broadcastTo(x, [2, 3]), [6])),
    sample('empty', { x: { shape: [0, 3] } }, ({ x }) => reshape(x, [3, 0])),
  ],
  transpose: [
    ...edgeExtents.map((n) => sample(`${n}x5`, { x: { shape: [n, 5] } }, ({ x }) => transpose(x))),
    sample('rank 3', { x: { shape: [2, 3, 4] } }, ({ x }) => transpose(x, [2, 0, 1])),
    sample('rank 6', { x: { shape: [2, 1, 3, 2, 1, 2] } }, ({ x }) => transpose(x, [5, 3, 1, 0, 2, 4])),
    sample('int32', { x: whole([3, 4], -9, 9) }, ({ x }) => transpose(x)),
    sample('bool', { x: truth([3, 4]) }, ({ x }) => transpose(x)),
  ],
  slice: [
    ...edgeExtents.map((n) => sample(`${n} of 19`, { x: { shape: [19] } }, ({ x }) => slice(x, [2], [n]))),
    sample('block', { x: { shape: [4, 5, 6] } }, ({ x }) => slice(x, [1, 0, 2], [2, 5, 3])),
    sample('rank 5', { x: { shape: [2, 3, 2, 2, 3] } }, ({ x }) =>
      slice(x, [0, 1, 1, 0, 2], [2, 2, 1, 2, 1]),
    ),
    sample('scalar', { x: { shape: [] } }, ({ x }) => slice(x, [], [])),
    sample('int32', { x: whole([5], -9, 9) }, ({ x }) => slice(x, [1], [3])),
  ],
  pad: [
    ...edgeExtents.map((n) => sample(`n = ${n}`, { x: { shape: [n] } }, ({ x }) => pad(x, [2], [1], 0.5))),
    sample('rank 3', { x: { shape: [2, 3, 4] } }, ({ x }) => pad(x, [0, 1, 2], [3, 0, 1])),
    sample('rank 5', { x: { shape: [2, 1, 2, 1, 2] } }, ({ x }) =>
      pad(x, [0, 1, 0, 0, 1], [1, 0, 0, 2, 0], -1),
    ),
    sample('with infinity', { x: { shape: [2, 2] } }, ({ x }) =>
      pad(x, [1, 0], [0, 1], Number.NEGATIVE_INFINITY),
    ),
    sample('int32', { x: whole([3], -9, 9) }, ({ x }) => pad(x, [1], [1], 7)),
  ],
  concat: [
    ...edgeExtents.map((n) =>
      sample(`n = ${n}`, { a: { shape: [n] }, b: { shape: [3] } }, ({ a, b }) => concat([a, b], 0)),
    ),
    sample('last axis', { a: { shape: [3, 2] }, b: { shape: [3, 4] }, c: { shape: [3, 1] } }, ({ a, b, c }) =>
      concat([a, b, c], 1),
    ),
    sample('first axis', { a: { shape: [1, 2, 3] }, b: { shape: [2, 2, 3] } }, ({ a, b }) =>
      concat([a, b], 0),
    ),
    sample('one part', { a: { shape: [2, 3] } }, ({ a }) => concat([a], 1)),
    sample('a part twice', { a: { shape: [2, 3] } }, ({ a }) => concat([a, a], 1)),
    sample('only empty parts', { a: { shape: [0, 2] }, b: { shape: [0, 2] } }, ({ a, b }) =>
      concat([a, b], 0),
    ),
    sample('int32', { a: whole([2, 2], -9, 9), b: whole([2, 1], -9, 9) }, ({ a, b }) => concat([a, b], 1)),
    sample('bool', { a: truth([4]), b: truth([3]) }, ({ a, b }) => concat([a, b], 0)),
  ],
  reverse: [
    ...edgeExtents.map((n) => sample(`n = ${n}`, { x: { shape: [n] } }, ({ x }) => reverse(x, 0))),
    sample('two of three axes', { x: { shape: [2, 3, 4] } }, ({ x }) => reverse(x, [0, 2])),
    sample('int32', { x: whole([5], -9, 9) }, ({ x }) => reverse(x, 0)),
  ],
  einsum: [
    ...edgeExtents.map((n) => contraction('ij,jk->ik', [3, n], [n, 2])),
    ...edgeExtents.map((n) => contraction('ij,jk->ik', [n, 4], [4, 9])),
    ...edgeExtents.map((n) => contraction('ij,jk->ik', [5, 3], [3, n])),
    contraction('ji,jk->ik', [7, 3], [7, 5]),
    contraction('ij,kj->ik', [3, 7], [5, 7]),
    contraction('ij,jk->ki', [3, 4], [4, 5]),
    contraction('bij,bjk->bik', [2, 3, 4], [2, 4, 5]),
    contraction('bij,bkj->ibk', [2, 3, 4], [2, 5, 4]),
    contraction('bi,bio->bo', [3, 4], [3, 4, 5]),
    contraction('bi,bj->bij', [3, 4], [3, 5]),
    contraction('i,j->ij', [4], [5]),
    contraction('i,i->', [9], [9]),
    contraction('bi,bi->b', [3, 5], [3, 5]),
    contraction('bi,bi->bi', [3, 5], [3, 5]),
    contraction('bi,b->bi', [3, 5], [3]),
    contraction('ij,ij->', [3, 4], [3, 4]),
    contraction('aijb,jkb->kai', [2, 3, 4, 2], [4, 5, 2]),
    contraction('bhwijc,ijco->bhwo', [2, 3, 2, 2, 2, 3], [2, 2, 3, 4]),
    contraction('i,->i', [4], []),
    contraction(',->', [], []),
    sample('of a stretched row', { a: { shape: [3] }, b: { shape: [3, 2] } }, ({ a, b }) =>
      einsum('ij,jk->ik', broadcastTo(a, [4, 3]), b),
    ),
  ],
  cumsum: [
    ...edgeExtents.map((n) => sample(`n = ${n}`, { x: { shape: [n] } }, ({ x }) => cumsum(x))),
    ...[0, 1, 2].flatMap((axis) =>
      [false, true].flatMap((exclusive) =>
        [false, true].map((isReverse) =>
          sample(
            `axis ${axis}${exclusive ? ', exclusive' : ''}${isReverse ? ', reverse' : ''}`,
            { x: { shape: [2, 3, 4] } },
            ({ x }) => cumsum(x, axis, { exclusive, reverse: isReverse }),
          ),
        ),
      ),
    ),
    sample('int32', { x: whole([2, 5], -9, 9) }, ({ x }) => cumsum(x, 0)),
  ],
  gather: [
    ...edgeExtents.map((n) =>
      sample(`n = ${n}`, { table: { shape: [5, 3] }, at: whole([n], 0, 5) }, ({ table, at }) =>
        gather(table, at),
      ),
    ),
    ...[0, 1, 2].map((axis) =>
      sample(`axis ${axis}`, { table: { shape: [3, 3, 3] }, at: whole([2, 4], 0, 3) }, ({ table, at }) =>
        gather(table, at, axis),
      ),
    ),
    sample('one index', { table: { shape: [4, 2] }, at: whole([], 0, 4) }, ({ table, at }) =>
      gather(table, at),
    ),
    sample('int32', { table: whole([4], -9, 9), at: whole([6], 0, 4) }, ({ table, at }) => gather(table, at)),
    sample('no row of an empty table', { table: { shape: [0, 2] }, at: whole([0], 0, 1) }, ({ table, at }) =>
      gather(table, at),
    ),
  ],
  scatterAdd: [
    ...edgeExtents.map((n) =>
      sample(
        `n = ${n}, repeated rows`,
        { updates: { shape: [n, 3] }, at: whole([n], 0, 4) },
        ({ updates, at }) => scatterAdd(updates, at, 5),
      ),
    ),
    ...[0, 1, 2].map((axis) =>
      sample(`axis ${axis}`, { updates: { shape: [2, 2, 2] }, at: whole([2], 0, 3) }, ({ updates, at }) =>
        scatterAdd(updates, at, 3, axis),
      ),
    ),
    sample(
      'matrix of indices',
      { updates: { shape: [2, 3, 4] }, at: whole([3, 4], 0, 5) },
      ({ updates, at }) => scatterAdd(updates, at, 5, 1),
    ),
    sample('one index', { updates: { shape: [3] }, at: whole([], 0, 4) }, ({ updates, at }) =>
      scatterAdd(updates, at, 4),
    ),
    sample('one index of each row', { updates: { shape: [3, 1] }, at: whole([1], 1, 4) }, ({ updates, at }) =>
      scatterAdd(updates, at, 4, 1),
    ),
    sample('int32', { updates: whole([6], -9, 9), at: whole([6], 0, 3) }, ({ updates, at }) =>
      scatterAdd(updates, at, 3),
    ),
  ],
  patches: windows.map(({ name, image, window, options }) =>
    sample(name, { x: { shape: image } }, ({ x }) => patches(x, window, options)),
  ),
  fold: windows.map(({ name, image, window, options }) => {
    const { shape } = patches(constant(0, image), window, options);
    return sample(name, { x: { shape } }, ({ x }) => fold(x, [image[1], image[2]], window, options));
  }),
  random: [
    ...edgeExtents.map((n) =>
      sample(`n = ${n}`, { key: { shape: [2], dtype: 'int32', values: [n, 7] } }, ({ key }) =>
        random(key, [n]),
      ),
    ),
    sample('negative key', { key: { shape: [2], dtype: 'int32', values: [-1, 2 ** 31 - 1] } }, ({ key }) =>
      random(key, [2, 3]),
    ),
    sample(
      'used as a mask',
      { key: { shape: [2], dtype: 'int32', values: [3, 4] }, x: { shape: [4, 5] } },
      ({ key, x }) => select(less(random(key, [4, 5]), 0.5), x, 0),
    ),
  ],
};
