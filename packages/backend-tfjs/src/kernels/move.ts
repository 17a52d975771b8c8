import { isSameShape, type NodeOf, type Shape, sizeOf, stridesOf } from '@polyneuron/graph';
import { type Copy, type Layout, planCopy } from '../device/copyStrided.js';
import type { HostMemory } from '../device/hostMemory.js';
import { kernelRun, type Lowering, type LoweringContext, mostAxes, type Run } from './lowering.js';

const rowMajor = (shape: Shape): Layout => ({ offset: 0, strides: stridesOf(shape) });

/** One copy that writes every element of the result. */
function copyRun(
  host: HostMemory,
  { shape, dtype }: Pick<NodeOf<'slice'>, 'shape' | 'dtype'>,
  source: Layout,
): Run {
  const copy = planCopy(shape, source, rowMajor(shape));
  return ([x]) => host.create(shape, dtype, (target) => copy(host.view(x), target));
}

/** Whether a permutation leaves the order of elements as it is. */
export function isTrivialPermutation(shape: Shape, permutation: readonly number[]): boolean {
  const moving = permutation.filter((axis) => shape[axis] !== 1);
  return moving.every((axis, at) => at === 0 || axis > moving[at - 1]);
}

/** Permutes the axes of an operand of `shape`. */
export function permuteRun(
  context: LoweringContext,
  { shape, dtype }: Pick<NodeOf<'slice'>, 'shape' | 'dtype'>,
  permutation: readonly number[],
): Run | undefined {
  const { host } = context;
  const permuted = permutation.map((axis) => shape[axis]);
  if (host && !host.hasCompiledKernels) {
    const strides = stridesOf(shape);
    return copyRun(
      host,
      { shape: permuted, dtype },
      { offset: 0, strides: permutation.map((axis) => strides[axis]) },
    );
  }
  return kernelRun(context.kernel('Transpose'), { perm: [...permutation] });
}

/** Stretches extents of 1; the operand has the rank of `shape`. */
export function stretchRun(
  context: LoweringContext,
  from: Shape,
  { shape, dtype }: Pick<NodeOf<'slice'>, 'shape' | 'dtype'>,
): Run | undefined {
  const { host } = context;
  if (!host)
    return kernelRun(context.kernel('Tile'), {
      reps: shape.map((extent, axis) => (from[axis] === extent ? 1 : extent)),
    });
  const strides = stridesOf(from).map((stride, axis) => (from[axis] === 1 ? 0 : stride));
  return copyRun(host, { shape, dtype }, { offset: 0, strides });
}

export const transpose: Lowering<'transpose'> = ({ inputs: [x], attributes: { permutation } }, context) =>
  permuteRun(context, x, permutation);

export const slice: Lowering<'slice'> = (node, context) => {
  const [x] = node.inputs;
  const { begin, size } = node.attributes;
  // Stock Slice returns garbage for scalars
  if (isSameShape(x.shape, size)) return kernelRun(context.kernel('Reshape'), { shape: [...size] });
  const { host } = context;
  if (!host) return kernelRun(context.kernel('Slice'), { begin: [...begin], size: [...size] });
  const strides = stridesOf(x.shape);
  return copyRun(host, node, {
    offset: begin.reduce((sum, at, axis) => sum + at * strides[axis], 0),
    strides,
  });
};

export const reverse: Lowering<'reverse'> = (node, context) => {
  const { axes } = node.attributes;
  const { host } = context;
  if (!host) return kernelRun(context.kernel('Reverse'), { dims: [...axes] });
  const strides = stridesOf(node.shape);
  return copyRun(host, node, {
    offset: axes.reduce((sum, axis) => sum + (node.shape[axis] - 1) * strides[axis], 0),
    strides: strides.map((stride, axis) => (axes.includes(axis) ? -stride : stride)),
  });
};

export const pad: Lowering<'pad'> = (node, context) => {
  const [x] = node.inputs;
  const { before, after, value } = node.attributes;
  const { host } = context;
  const isDeep = node.shape.length > mostAxes;
  if (!host && isDeep) return undefined;
  if (!host || (host.hasCompiledKernels && node.dtype === 'float32' && !isDeep))
    return kernelRun(context.kernel('PadV2'), {
      paddings: before.map((extent, axis) => [extent, after[axis]]),
      constantValue: value,
    });
  const strides = stridesOf(node.shape);
  const copy = planCopy(x.shape, rowMajor(x.shape), {
    offset: before.reduce((sum, extent, axis) => sum + extent * strides[axis], 0),
    strides,
  });
  return ([operand]) =>
    host.create(node.shape, node.dtype, (target) => {
      target.fill(value);
      copy(host.view(operand), target);
    });
};

export const concat: Lowering<'concat'> = (node, context) => {
  const { axis } = node.attributes;
  const { host } = context;
  if (!host) {
    const kernel = context.kernel('Concat');
    return kernel && ((operands) => kernel(operands, { axis }));
  }
  const strides = stridesOf(node.shape);
  let from = 0;
  const copies = node.inputs.map(({ shape }): Copy => {
    const copy = planCopy(shape, rowMajor(shape), { offset: from * strides[axis], strides });
    from += shape[axis];
    return copy;
  });
  return (operands) =>
    host.create(node.shape, node.dtype, (target) =>
      copies.forEach((copy, at) => void copy(host.view(operands[at]), target)),
    );
};

export const broadcast: Lowering<'broadcast'> = (node, context) =>
  stretchRun(context, node.inputs[0].shape, node);

export const reshape: Lowering<'reshape'> = ({ shape }, context) =>
  kernelRun(context.kernel('Reshape'), { shape: [...shape] });

/** Groups axes into runs of extents [outer, run, inner] around `[first, last]`. */
export function extentsAround(shape: Shape, first: number, last: number): readonly [number, number, number] {
  return [sizeOf(shape.slice(0, first)), sizeOf(shape.slice(first, last + 1)), sizeOf(shape.slice(last + 1))];
}
