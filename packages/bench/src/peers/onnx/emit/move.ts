import type { OpName } from '@polyneuron/graph';
import type { Emitter } from './emitter.js';

type MoveOp = Extract<
  OpName,
  'constant' | 'iota' | 'broadcast' | 'reshape' | 'transpose' | 'slice' | 'pad' | 'concat' | 'reverse'
>;

/** Before the first element, where a slice walks backwards. */
const pastTheFirst = -(2 ** 52);

/** Leaves with values, and moves of elements. */
export const moveEmitters: { readonly [K in MoveOp]: Emitter<K> } = {
  constant({ attributes: { values }, shape, dtype }, graph) {
    if (values.length === 1) return { name: graph.scalar(dtype, values[0]), shape: [] };
    return { name: graph.constant(dtype, values, shape), shape };
  },
  iota({ attributes: { shape, axis } }, graph) {
    const own = shape.map((extent, at) => (at === axis ? extent : 1));
    const values = Array.from({ length: shape[axis] }, (_, index) => index);
    return { name: graph.constant('int32', values, own), shape: own };
  },
  broadcast: ({ inputs: [x] }, graph) => graph.compact(x),
  reshape: ({ inputs: [x], shape }, graph) => ({ name: graph.reshape(graph.full(x), shape), shape }),
  transpose({ inputs: [x], attributes: { permutation } }, graph) {
    const { name, shape } = graph.compact(x);
    // A scalar that is stretched over everything stays one.
    if (shape.length === 0) return { name, shape };
    return { name: graph.transpose(name, permutation), shape: permutation.map((axis) => shape[axis]) };
  },
  slice({ inputs: [x], attributes: { begin, size }, shape }, graph) {
    const end = begin.map((from, axis) => from + size[axis]);
    const name = graph.full(x);
    return { name: shape.length === 0 ? name : graph.slice(name, begin, end), shape };
  },
  pad({ inputs: [x], attributes: { before, after, value }, shape, dtype }, graph) {
    const name = graph.full(x);
    return {
      name: shape.length === 0 ? name : graph.pad(name, before, after, graph.scalar(dtype, value)),
      shape,
    };
  },
  concat: ({ inputs, attributes: { axis }, shape }, graph) => ({
    name: graph.emit(
      'Concat',
      inputs.map((input) => graph.full(input)),
      { axis },
    ),
    shape,
  }),
  reverse({ inputs: [x], attributes: { axes }, shape }, graph) {
    const each = (value: number) => graph.list(axes.map(() => value));
    const name = graph.full(x);
    if (axes.length === 0) return { name, shape };
    return {
      name: graph.emit('Slice', [name, each(-1), each(pastTheFirst), graph.list(axes), each(-1)]),
      shape,
    };
  },
};
