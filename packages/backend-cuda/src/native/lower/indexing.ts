import { type Shape, sizeOf } from '@polyneuron/graph';
import { addTyped, type Lowering, permuted, reshaped, wholeValue } from './lowering.js';

/** Indices out of range are an error on a processor; on a GPU TensorFlow reads zeros there. */
export const gather: Lowering<'gather'> = (node, context) => {
  const inputs = [context.whole(0), context.whole(1), context.graph.int(node.attributes.axis)];
  const at = context.graph.add('GatherV2', inputs, {
    Tparams: { type: node.dtype },
    Tindices: { type: 'int32' },
    Taxis: { type: 'int32' },
  });
  return wholeValue(node, at);
};

/** ScatterNd adds at repeated indices, and wants the indexed axes first. */
export const scatterAdd: Lowering<'scatterAdd'> = (node, context) => {
  const [updates, indices] = node.inputs;
  const { axis, size } = node.attributes;
  const { dtype } = node;
  const [outer, count] = [sizeOf(updates.shape.slice(0, axis)), sizeOf(indices.shape)];
  const inner = sizeOf(updates.shape.slice(axis + indices.shape.length));
  const flat = reshaped(context, context.whole(0), dtype, updates.shape, [outer, count, inner]);
  const first = outer === 1 ? flat : permuted(context, flat, dtype, [1, 0, 2]);
  const rows: Shape = [count, outer, inner];
  const at = reshaped(context, context.whole(1), 'int32', indices.shape, [count, 1]);
  const scattered = context.graph.add('ScatterNd', [at, outer === 1 ? reshaped(context, first, dtype, [outer, count, inner], rows) : first, context.graph.ints([size, outer, inner])], {
    T: { type: dtype },
    Tindices: { type: 'int32' },
  });
  const last = outer === 1 ? scattered : permuted(context, scattered, dtype, [1, 0, 2]);
  const shape: Shape = outer === 1 ? [size, outer, inner] : [outer, size, inner];
  return wholeValue(node, reshaped(context, last, dtype, shape, node.shape));
};
