import { isSameShape, sizeOf } from '@polyneuron/graph';
import { addTyped, type Lowering, permuted, reshaped, wholeValue } from './lowering.js';

/** Held as it is: whoever needs all elements makes them. */
export const broadcast: Lowering<'broadcast'> = (_, context) => context.held(0);

export const reshape: Lowering<'reshape'> = (node, context) =>
  wholeValue(node, reshaped(context, context.whole(0), node.dtype, node.inputs[0].shape, node.shape));

export const transpose: Lowering<'transpose'> = (node, context) => {
  const { permutation } = node.attributes;
  const { at, shape } = context.held(0);
  return {
    at: permuted(context, at, node.dtype, permutation),
    shape: permutation.map((axis) => shape[axis]),
  };
};

export const slice: Lowering<'slice'> = (node, context) => {
  const { begin, size } = node.attributes;
  if (isSameShape(size, node.inputs[0].shape)) return context.held(0);
  const { graph } = context;
  const inputs = [context.whole(0), graph.ints(begin), graph.ints(size)];
  return wholeValue(node, addTyped(context, 'Slice', inputs, node.dtype, { Index: { type: 'int32' } }));
};

export const pad: Lowering<'pad'> = (node, context) => {
  const { before, after, value } = node.attributes;
  const { graph } = context;
  const paddings = graph.constant(
    before.flatMap((extent, axis) => [extent, after[axis]]),
    [before.length, 2],
    'int32',
  );
  const inputs = [context.whole(0), paddings, graph.constant([value], [], node.dtype)];
  return wholeValue(node, addTyped(context, 'PadV2', inputs, node.dtype, { Tpaddings: { type: 'int32' } }));
};

export const concat: Lowering<'concat'> = (node, context) => {
  const parts = node.inputs.map((_, at) => context.whole(at));
  if (parts.length === 1) return wholeValue(node, parts[0]);
  const inputs = [...parts, context.graph.int(node.attributes.axis)];
  const attributes = { N: { int: parts.length }, Tidx: { type: 'int32' } } as const;
  return wholeValue(node, addTyped(context, 'ConcatV2', inputs, node.dtype, attributes));
};

export const reverse: Lowering<'reverse'> = (node, context) => {
  const inputs = [context.whole(0), context.graph.ints(node.attributes.axes)];
  return wholeValue(node, addTyped(context, 'ReverseV2', inputs, node.dtype, { Tidx: { type: 'int32' } }));
};

export const iota: Lowering<'iota'> = (node, { graph }) => {
  const { shape, axis } = node.attributes;
  const held = shape.map((extent, at) => (at === axis ? extent : 1));
  const values = Array.from({ length: sizeOf(held) }, (_, at) => at);
  return { at: graph.constant(values, held, 'int32'), shape: held };
};
