import { sizeOf } from '@polyneuron/graph';
import { firstTwoSwapped, type Lowering, reshaped, wholeValue } from './lowering.js';

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
  const rows = firstTwoSwapped(context, flat, dtype, [outer, count, inner]);
  const at = reshaped(context, context.whole(1), 'int32', indices.shape, [count, 1]);
  const table = context.graph.add('ScatterNd', [at, rows, context.graph.ints([size, outer, inner])], {
    T: { type: dtype },
    Tindices: { type: 'int32' },
  });
  const back = firstTwoSwapped(context, table, dtype, [size, outer, inner]);
  return wholeValue(node, reshaped(context, back, dtype, [outer, size, inner], node.shape));
};
