/**
 * @file What each op means, in float64, as obviously as it can be said. Never optimised: everything fast is tested
 * against this file.
 */
import { einsumExtents, parseEinsum } from '../einsumSpec.js';
import { ValueError } from '../errors.js';
import type { Window2d } from '../ops.js';
import { sizeOf } from '../shapes.js';
import type { DType, Node, NodeOf, OpName, Shape } from '../types.js';
import { forEachCoordinate, indexer } from './coordinates.js';
import { type ScalarOp, scalarOps } from './scalarOps.js';
import { uniformValues } from './threefry.js';

export type Rule<K extends OpName> = (node: NodeOf<K>, operands: readonly Float64Array[]) => Float64Array;

/** Value of a number once stored as `dtype`: int32 truncates and wraps, bool tests for non-zero. */
export function storedAs(value: number, dtype: DType): number {
  return { float32: value, int32: value | 0, bool: value !== 0 ? 1 : 0 }[dtype];
}

function elementwise(node: NodeOf<ScalarOp>, [a, b, c]: readonly Float64Array[]): Float64Array {
  const apply = scalarOps[node.op];
  return Float64Array.from(a, (_, i) => storedAs(apply(a[i], b?.[i], c?.[i]), node.dtype));
}

/** Fills the result by reading one element of the operand per coordinate. */
function moved(node: Node, source: (coordinate: readonly number[]) => number): Float64Array {
  const result = new Float64Array(sizeOf(node.shape));
  forEachCoordinate(node.shape, (coordinate, index) => {
    result[index] = source(coordinate);
  });
  return result;
}

/** Folds each element of `x` into the element of the result that keeps its other axes. */
function reduced(
  shape: Shape,
  x: Float64Array,
  axes: readonly number[],
  start: number,
  merge: (sum: number, value: number) => number,
): Float64Array {
  const kept = shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]));
  const at = indexer(kept.map((axis) => shape[axis]));
  const result = new Float64Array(sizeOf(kept.map((axis) => shape[axis]))).fill(start);
  forEachCoordinate(shape, (coordinate, index) => {
    const target = at(kept.map((axis) => coordinate[axis]));
    result[target] = merge(result[target], x[index]);
  });
  return result;
}

function checkIndex(op: string, index: number, size: number): number {
  if (Number.isInteger(index) && index >= 0 && index < size) return index;
  throw new ValueError({
    subject: op,
    expected: `indices from 0 to ${size - 1}`,
    received: String(index),
    fix: 'clamp or mask the indices first',
  });
}

/** Row and column in the unpadded image of one element of one window; outside it they are negative or too large. */
function windowSource(
  { strides, dilations, padding }: Window2d,
  [, row, column, i, j]: readonly number[],
): [number, number] {
  return [
    row * strides[0] + i * dilations[0] - padding[0][0],
    column * strides[1] + j * dilations[1] - padding[1][0],
  ];
}

export const rules: { readonly [K in OpName]: Rule<K> } = {
  ...(Object.fromEntries(Object.keys(scalarOps).map((op) => [op, elementwise])) as unknown as {
    [K in ScalarOp]: Rule<K>;
  }),
  input: () => {
    throw new TypeError('internal: an input has no rule, it is bound');
  },
  state: () => {
    throw new TypeError('internal: a state entry has no rule, it is bound');
  },
  constant: ({ attributes: { values }, shape, dtype }) =>
    Float64Array.from({ length: sizeOf(shape) }, (_, i) =>
      storedAs(values.length === 1 ? values[0] : values[i], dtype),
    ),
  iota: (node) => moved(node as Node, (coordinate) => coordinate[node.attributes.axis]),
  cast: (node, [x]) => x.map((value) => storedAs(value, node.dtype)),
  sum: ({ inputs: [x], attributes: { axes }, dtype }, [values]) =>
    reduced(x.shape, values, axes, 0, (sum, value) => storedAs(sum + value, dtype)),
  reduceMax: ({ inputs: [x], attributes: { axes } }, [values]) =>
    reduced(x.shape, values, axes, x.dtype === 'int32' ? -(2 ** 31) : -Infinity, Math.max),
  argMax: (node, [values]) => {
    const { shape } = node.inputs[0];
    const { axis } = node.attributes;
    const at = indexer(shape);
    return moved(node as Node, (coordinate) => {
      const element = (k: number) => values[at([...coordinate.slice(0, axis), k, ...coordinate.slice(axis)])];
      let best = 0;
      for (let k = 1; k < shape[axis]; k++) if (element(k) > element(best)) best = k;
      return best;
    });
  },
  broadcast: (node, [values]) => {
    const { shape } = node.inputs[0];
    const at = indexer(shape);
    return moved(
      node as Node,
      (coordinate) => values[at(coordinate.map((c, axis) => (shape[axis] === 1 ? 0 : c)))],
    );
  },
  reshape: (_, [values]) => values.slice(),
  transpose: (node, [values]) => {
    const { permutation } = node.attributes;
    const at = indexer(node.inputs[0].shape);
    return moved(
      node as Node,
      (coordinate) => values[at(permutation.map((_, axis) => coordinate[permutation.indexOf(axis)]))],
    );
  },
  slice: (node, [values]) => {
    const at = indexer(node.inputs[0].shape);
    return moved(
      node as Node,
      (coordinate) => values[at(coordinate.map((c, axis) => c + node.attributes.begin[axis]))],
    );
  },
  pad: (node, [values]) => {
    const { shape } = node.inputs[0];
    const at = indexer(shape);
    return moved(node as Node, (coordinate) => {
      const source = coordinate.map((c, axis) => c - node.attributes.before[axis]);
      return source.every((c, axis) => c >= 0 && c < shape[axis])
        ? values[at(source)]
        : storedAs(node.attributes.value, node.dtype);
    });
  },
  concat: (node, parts) => {
    const { axis } = node.attributes;
    return moved(node as Node, (coordinate) => {
      const source = [...coordinate];
      let part = 0;
      while (source[axis] >= node.inputs[part].shape[axis]) source[axis] -= node.inputs[part++].shape[axis];
      return parts[part][indexer(node.inputs[part].shape)(source)];
    });
  },
  reverse: (node, [values]) => {
    const at = indexer(node.shape);
    return moved(
      node as Node,
      (coordinate) =>
        values[
          at(
            coordinate.map((c, axis) => (node.attributes.axes.includes(axis) ? node.shape[axis] - 1 - c : c)),
          )
        ],
    );
  },
  einsum: ({ inputs: [a, b], attributes: { spec } }, [left, right]) => {
    const parsed = parseEinsum(spec);
    const extents = einsumExtents(parsed, a.shape, b.shape);
    const labels = [...extents.keys()];
    const shapeOf = (term: readonly string[]) => term.map((label) => extents.get(label) as number);
    const at = (term: readonly string[]) => {
      const places = term.map((label) => labels.indexOf(label));
      const index = indexer(shapeOf(term));
      return (coordinate: readonly number[]) => index(places.map((place) => coordinate[place]));
    };
    const [atLeft, atRight, atOutput] = [at(parsed.left), at(parsed.right), at(parsed.output)];
    const result = new Float64Array(sizeOf(shapeOf(parsed.output)));
    forEachCoordinate([...extents.values()], (coordinate) => {
      result[atOutput(coordinate)] += left[atLeft(coordinate)] * right[atRight(coordinate)];
    });
    return result;
  },
  cumsum: (node, [values]) => {
    const { axis, exclusive, reverse } = node.attributes;
    const extent = node.shape[axis];
    const at = indexer(node.shape);
    return moved(node as Node, (coordinate) => {
      const [from, to] = reverse
        ? [coordinate[axis] + (exclusive ? 1 : 0), extent]
        : [0, coordinate[axis] + (exclusive ? 0 : 1)];
      let sum = 0;
      for (let k = from; k < to; k++) sum += values[at(coordinate.map((c, i) => (i === axis ? k : c)))];
      return storedAs(sum, node.dtype);
    });
  },
  gather: (node, [table, indices]) => {
    const [source, index] = node.inputs;
    const { axis } = node.attributes;
    const [at, indexAt] = [indexer(source.shape), indexer(index.shape)];
    const rank = index.shape.length;
    return moved(node as Node, (coordinate) => {
      const row = checkIndex(
        'gather',
        indices[indexAt(coordinate.slice(axis, axis + rank))],
        source.shape[axis],
      );
      return table[at([...coordinate.slice(0, axis), row, ...coordinate.slice(axis + rank)])];
    });
  },
  scatterAdd: (node, [updates, indices]) => {
    const [source, index] = node.inputs;
    const { axis, size } = node.attributes;
    const [at, indexAt] = [indexer(node.shape), indexer(index.shape)];
    const rank = index.shape.length;
    const result = new Float64Array(sizeOf(node.shape));
    forEachCoordinate(source.shape, (coordinate, i) => {
      const row = checkIndex('scatterAdd', indices[indexAt(coordinate.slice(axis, axis + rank))], size);
      const target = at([...coordinate.slice(0, axis), row, ...coordinate.slice(axis + rank)]);
      result[target] = storedAs(result[target] + updates[i], node.dtype);
    });
    return result;
  },
  patches: (node, [values]) => {
    const { shape } = node.inputs[0];
    const at = indexer(shape);
    return moved(node as Node, (coordinate) => {
      const [row, column] = windowSource(node.attributes, coordinate);
      const isInside = row >= 0 && row < shape[1] && column >= 0 && column < shape[2];
      return isInside ? values[at([coordinate[0], row, column, coordinate[5]])] : 0;
    });
  },
  fold: (node, [values]) => {
    const at = indexer(node.shape);
    const result = new Float64Array(sizeOf(node.shape));
    forEachCoordinate(node.inputs[0].shape, (coordinate, i) => {
      const [row, column] = windowSource(node.attributes, coordinate);
      const isInside = row >= 0 && row < node.shape[1] && column >= 0 && column < node.shape[2];
      if (isInside) result[at([coordinate[0], row, column, coordinate[5]])] += values[i];
    });
    return result;
  },
  random: ({ shape }, [key]) => Float64Array.from(uniformValues(key[0], key[1], sizeOf(shape))),
};
