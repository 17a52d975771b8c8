import { type OpName, sizeOf } from '@polyneuron/graph';
import type { Emitter } from './emitter.js';

type IndexingOp = Extract<OpName, 'gather' | 'scatterAdd'>;

export const indexingEmitters: { readonly [K in IndexingOp]: Emitter<K> } = {
  gather: ({ inputs: [table, indices], attributes: { axis }, shape }, graph) => ({
    name: graph.emit('Gather', [graph.full(table), graph.full(indices)], { axis }),
    shape,
  }),
  /**
   * ScatterElements over [outer, size, inner]. ScatterND would write whole rows at once, but its threads race at repeated
   * rows in onnxruntime (issue 18048).
   */
  scatterAdd({ inputs: [updates, indices], attributes: { axis, size }, shape, dtype }, graph) {
    const [outer, inner] = [sizeOf(shape.slice(0, axis)), sizeOf(shape.slice(axis + 1))];
    const count = sizeOf(indices.shape);
    const zeros = graph.stretch(graph.scalar(dtype, 0), { shape: [outer, size, inner], dtype });
    if (sizeOf(updates.shape) === 0) return { name: graph.reshape(zeros, shape), shape };
    const rows = graph.stretch(graph.reshape(graph.full(indices), [1, count, 1]), {
      shape: [outer, count, inner],
      dtype: 'int32',
    });
    const flat = graph.reshape(graph.full(updates), [outer, count, inner]);
    const sums = graph.emit('ScatterElements', [zeros, rows, flat], { axis: 1, reduction: 'add' });
    return { name: graph.reshape(sums, shape), shape };
  },
};
