import { einsumExtents, parseEinsum } from './einsumSpec.js';
import { DTypeError, ProgramError, ShapeError } from './errors.js';
import { type OpAttributes, opInfo, type Window2d } from './ops.js';
import { formatShape, formatSpec, isSameShape, sizeOf } from './shapes.js';
import type { DType, OpName, Shape, TensorSpec } from './types.js';

/** Shape and dtype of a result, or an error that says what the op takes. */
export type ShapeRule<K extends OpName> = (
  inputs: readonly TensorSpec[],
  attributes: OpAttributes[K],
) => TensorSpec;

const numeric: readonly DType[] = ['float32', 'int32'];
const every: readonly DType[] = [...numeric, 'bool'];

function reject(op: string, expected: string, inputs: readonly TensorSpec[], fix: string): never {
  throw new ShapeError({
    subject: op,
    expected,
    received: inputs.map(formatSpec).join(', ') || 'no operand',
    fix,
  });
}

function requireDType(op: string, inputs: readonly TensorSpec[], allowed: readonly DType[]): void {
  if (inputs.every(({ dtype }) => allowed.includes(dtype))) return;
  throw new DTypeError({
    subject: op,
    expected: `operands of dtype ${allowed.join(' or ')}`,
    received: inputs.map(formatSpec).join(', '),
    fix: 'cast the operand',
  });
}

function requireEqualSpecs(op: string, inputs: readonly TensorSpec[]): void {
  const [first, ...others] = inputs;
  if (others.some(({ dtype }) => dtype !== first.dtype)) {
    throw new DTypeError({
      subject: op,
      expected: 'operands of one dtype',
      received: inputs.map(formatSpec).join(', '),
      fix: 'cast one operand to the dtype of the other',
    });
  }
  if (others.some(({ shape }) => !isSameShape(shape, first.shape)))
    reject(op, 'operands of equal shape', inputs, 'broadcast first, or use the builder, which broadcasts');
}

const elementwise =
  (op: OpName, allowed: readonly DType[], result?: DType) =>
  (inputs: readonly TensorSpec[]): TensorSpec => {
    requireDType(op, inputs, allowed);
    requireEqualSpecs(op, inputs);
    return { shape: inputs[0].shape, dtype: result ?? inputs[0].dtype };
  };

const float = (op: OpName) => elementwise(op, ['float32']);
const number = (op: OpName) => elementwise(op, numeric);
const logical = (op: OpName) => elementwise(op, ['bool']);

function requireAxes(op: string, axes: readonly number[], { shape, dtype }: TensorSpec): void {
  const isAscending = axes.every(
    (axis, at) =>
      Number.isInteger(axis) && axis >= 0 && axis < shape.length && (at === 0 || axis > axes[at - 1]),
  );
  if (!isAscending)
    reject(
      op,
      `ascending axes below ${shape.length}, not [${axes.join(', ')}]`,
      [{ shape, dtype }],
      'use the builder, which normalises axes',
    );
}

function withoutAxes(shape: Shape, axes: readonly number[]): Shape {
  return shape.filter((_, axis) => !axes.includes(axis));
}

function leaf({ shape, dtype }: TensorSpec): TensorSpec {
  if (shape.some((extent) => !Number.isInteger(extent) || extent < 0))
    reject(
      'a leaf',
      'whole, non-negative extents',
      [{ shape, dtype }],
      'programs have static shapes: compile one per shape',
    );
  if (!every.includes(dtype)) {
    throw new DTypeError({
      subject: 'a leaf',
      expected: `one of the dtypes ${every.join(', ')}`,
      received: String(dtype),
      fix: "pass 'float32' for real numbers, 'int32' for indices",
    });
  }
  return { shape, dtype };
}

/** Number of windows along one axis. */
export function windowCount(
  extent: number,
  window: number,
  stride: number,
  dilation: number,
  padding: readonly [number, number],
): number {
  const span = (window - 1) * dilation + 1;
  return Math.max(0, Math.floor((extent + padding[0] + padding[1] - span) / stride) + 1);
}

function windowCounts(
  size: readonly number[],
  { window, strides, dilations, padding }: Window2d,
): [number, number] {
  const count = (axis: 0 | 1) =>
    windowCount(size[axis], window[axis], strides[axis], dilations[axis], padding[axis]);
  return [count(0), count(1)];
}

/** The result rule of every op. */
export const shapeRules: { readonly [K in OpName]: ShapeRule<K> } = {
  input: (_, attributes) => leaf(attributes),
  state: (_, attributes) => leaf(attributes),
  constant: (_, attributes) => {
    const { values, shape } = attributes;
    if (values.length !== 1 && values.length !== sizeOf(shape)) {
      throw new ShapeError({
        subject: 'constant',
        expected: `one value or ${sizeOf(shape)} of them for shape ${formatShape(shape)}`,
        received: `${values.length}`,
        fix: 'give the shape of the values',
      });
    }
    return leaf(attributes);
  },
  iota: (_, { shape, axis }) => {
    requireAxes('iota', [axis], { shape, dtype: 'int32' });
    return leaf({ shape, dtype: 'int32' });
  },
  neg: number('neg'),
  abs: number('abs'),
  sign: number('sign'),
  floor: float('floor'),
  exp: float('exp'),
  expm1: float('expm1'),
  log: float('log'),
  log1p: float('log1p'),
  sqrt: float('sqrt'),
  sin: float('sin'),
  cos: float('cos'),
  tanh: float('tanh'),
  sigmoid: float('sigmoid'),
  erf: float('erf'),
  not: logical('not'),
  cast: ([{ shape }], { dtype }) => ({ shape, dtype }),
  stopGradient: ([{ shape, dtype }]) => ({ shape, dtype }),
  add: number('add'),
  sub: number('sub'),
  mul: number('mul'),
  div: number('div'),
  pow: float('pow'),
  max: number('max'),
  min: number('min'),
  equal: elementwise('equal', ['float32', 'int32', 'bool'], 'bool'),
  less: elementwise('less', numeric, 'bool'),
  lessEqual: elementwise('lessEqual', numeric, 'bool'),
  and: logical('and'),
  or: logical('or'),
  select: ([condition, a, b]) => {
    requireDType('select (condition)', [condition], ['bool']);
    requireEqualSpecs('select', [a, b]);
    if (!isSameShape(condition.shape, a.shape))
      reject(
        'select',
        'a condition of the shape of its operands',
        [condition, a, b],
        'broadcast the condition',
      );
    return { shape: a.shape, dtype: a.dtype };
  },
  sum: ([x], { axes }) => {
    requireDType('sum', [x], numeric);
    requireAxes('sum', axes, x);
    return { shape: withoutAxes(x.shape, axes), dtype: x.dtype };
  },
  reduceMax: ([x], { axes }) => {
    requireDType('reduceMax', [x], numeric);
    requireAxes('reduceMax', axes, x);
    return { shape: withoutAxes(x.shape, axes), dtype: x.dtype };
  },
  argMax: ([x], { axis }) => {
    requireDType('argMax', [x], numeric);
    requireAxes('argMax', [axis], x);
    return { shape: withoutAxes(x.shape, [axis]), dtype: 'int32' };
  },
  broadcast: ([x], { shape }) => {
    if (
      shape.length !== x.shape.length ||
      x.shape.some((extent, axis) => extent !== shape[axis] && extent !== 1)
    )
      reject(
        'broadcast',
        `an operand of rank ${shape.length} that stretches to ${formatShape(shape)}`,
        [x],
        'reshape it first',
      );
    return { shape, dtype: x.dtype };
  },
  reshape: ([x], { shape }) => {
    if (sizeOf(shape) !== sizeOf(x.shape))
      reject(
        'reshape',
        `${sizeOf(shape)} elements for ${formatShape(shape)}`,
        [x],
        'keep the number of elements',
      );
    return { shape, dtype: x.dtype };
  },
  transpose: ([x], { permutation }) => {
    if (
      permutation.length !== x.shape.length ||
      new Set(permutation).size !== permutation.length ||
      permutation.some((axis) => !(axis in x.shape))
    )
      reject(
        'transpose',
        `an operand whose axes [${permutation.join(', ')}] permutes`,
        [x],
        'name each axis once',
      );
    return { shape: permutation.map((axis) => x.shape[axis]), dtype: x.dtype };
  },
  slice: ([x], { begin, size }) => {
    const fits = begin.length === x.shape.length && size.length === x.shape.length;
    if (
      !fits ||
      x.shape.some((extent, axis) => begin[axis] < 0 || size[axis] < 0 || begin[axis] + size[axis] > extent)
    )
      reject(
        'slice',
        `an operand that holds size [${size.join(', ')}] from [${begin.join(', ')}]`,
        [x],
        'keep begin + size within the shape',
      );
    return { shape: size, dtype: x.dtype };
  },
  pad: ([x], { before, after }) => {
    const fits = before.length === x.shape.length && after.length === x.shape.length;
    if (!fits || [...before, ...after].some((extent) => !Number.isInteger(extent) || extent < 0))
      reject(
        'pad',
        'one non-negative extent before and after each axis',
        [x],
        'use slice to remove elements',
      );
    return { shape: x.shape.map((extent, axis) => before[axis] + extent + after[axis]), dtype: x.dtype };
  },
  concat: (inputs, { axis }) => {
    if (inputs.length === 0) reject('concat', 'at least one operand', inputs, 'pass the parts');
    const [first] = inputs;
    requireAxes('concat', [axis], first);
    const isAligned = inputs.every(
      ({ shape, dtype }) =>
        dtype === first.dtype &&
        shape.length === first.shape.length &&
        shape.every((extent, at) => at === axis || extent === first.shape[at]),
    );
    if (!isAligned)
      reject(
        'concat',
        `operands of one dtype that differ on axis ${axis} only`,
        inputs,
        'reshape or cast the odd one',
      );
    const total = inputs.reduce((sum, { shape }) => sum + shape[axis], 0);
    return { shape: first.shape.map((extent, at) => (at === axis ? total : extent)), dtype: first.dtype };
  },
  reverse: ([x], { axes }) => {
    requireAxes('reverse', axes, x);
    return { shape: x.shape, dtype: x.dtype };
  },
  einsum: ([a, b], { spec }) => {
    requireDType('einsum', [a, b], ['float32']);
    const parsed = parseEinsum(spec);
    const extents = einsumExtents(parsed, a.shape, b.shape);
    const { left, right, output } = parsed;
    const lone = [
      ...left.filter((label) => !right.includes(label)),
      ...right.filter((label) => !left.includes(label)),
    ].find((label) => !output.includes(label));
    if (lone) {
      throw new ProgramError({
        subject: `einsum '${spec}'`,
        expected: 'labels that the other operand or the output has',
        received: `'${lone}' in one operand only`,
        fix: 'sum over it first, or use the builder, which does',
      });
    }
    return { shape: output.map((label) => extents.get(label) as number), dtype: 'float32' };
  },
  cumsum: ([x], { axis }) => {
    requireDType('cumsum', [x], numeric);
    requireAxes('cumsum', [axis], x);
    return { shape: x.shape, dtype: x.dtype };
  },
  gather: ([table, indices], { axis }) => {
    requireDType('gather (indices)', [indices], ['int32']);
    requireAxes('gather', [axis], table);
    return {
      shape: [...table.shape.slice(0, axis), ...indices.shape, ...table.shape.slice(axis + 1)],
      dtype: table.dtype,
    };
  },
  scatterAdd: ([updates, indices], { axis, size }) => {
    requireDType('scatterAdd (indices)', [indices], ['int32']);
    requireDType('scatterAdd (updates)', [updates], numeric);
    const covered = updates.shape.slice(axis, axis + indices.shape.length);
    if (!isSameShape(covered, indices.shape))
      reject(
        'scatterAdd',
        `updates with the shape of the indices from axis ${axis} on`,
        [updates, indices],
        'line the axes up as gather returns them',
      );
    return {
      shape: [...updates.shape.slice(0, axis), size, ...updates.shape.slice(axis + indices.shape.length)],
      dtype: updates.dtype,
    };
  },
  patches: ([x], attributes) => {
    requireDType('patches', [x], ['float32']);
    if (x.shape.length !== 4) reject('patches', 'an operand [B, H, W, C]', [x], 'reshape to four axes');
    const [batch, height, width, channels] = x.shape;
    return {
      shape: [batch, ...windowCounts([height, width], attributes), ...attributes.window, channels],
      dtype: x.dtype,
    };
  },
  fold: ([x], attributes) => {
    requireDType('fold', [x], ['float32']);
    const counts = windowCounts(attributes.size, attributes);
    const fits = x.shape.length === 6 && isSameShape(x.shape.slice(1, 5), [...counts, ...attributes.window]);
    if (!fits)
      reject(
        'fold',
        `patches [B, ${counts.join(', ')}, ${attributes.window.join(', ')}, C]`,
        [x],
        'pass what patches returned',
      );
    return { shape: [x.shape[0], ...attributes.size, x.shape[5]], dtype: x.dtype };
  },
  random: ([key], { shape }) => {
    if (key.dtype !== 'int32' || !isSameShape(key.shape, [2]))
      reject('random', 'a key int32[2] (seed, counter)', [key], 'make one with randomKey');
    return leaf({ shape, dtype: 'float32' });
  },
};

/** Applies the rule of one op after checking the number of operands. */
export function inferSpec<K extends OpName>(
  op: K,
  inputs: readonly TensorSpec[],
  attributes: OpAttributes[K],
): TensorSpec {
  const { arity } = opInfo[op];
  if (arity !== 'any' && inputs.length !== arity) reject(op, `${arity} operands`, inputs, 'check the call');
  return shapeRules[op](inputs, attributes);
}
