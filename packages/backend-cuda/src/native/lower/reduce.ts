import { addTyped, type Lowering, type LoweringContext, wholeValue } from './lowering.js';

const reduction =
  <K extends 'sum' | 'reduceMax'>(op: string): Lowering<K> =>
  (node, context: LoweringContext) => {
    const axes = context.graph.ints(node.attributes.axes);
    const inputs = [context.whole(0), axes];
    return wholeValue(node, addTyped(context, op, inputs, node.dtype, { Tidx: { type: 'int32' } }));
  };

export const sum = reduction<'sum'>('Sum');
export const reduceMax = reduction<'reduceMax'>('Max');

export const argMax: Lowering<'argMax'> = (node, context) => {
  const { graph } = context;
  const inputs = [context.whole(0), graph.int(node.attributes.axis)];
  return wholeValue(
    node,
    addTyped(context, 'ArgMax', inputs, node.inputs[0].dtype, {
      Tidx: { type: 'int32' },
      output_type: { type: 'int32' },
    }),
  );
};

export const cumsum: Lowering<'cumsum'> = (node, context) => {
  const { axis, exclusive, reverse } = node.attributes;
  const inputs = [context.whole(0), context.graph.int(axis)];
  return wholeValue(
    node,
    addTyped(context, 'Cumsum', inputs, node.dtype, {
      Tidx: { type: 'int32' },
      exclusive: { bool: exclusive },
      reverse: { bool: reverse },
    }),
  );
};
