import { type NodeOf, type OpName, sizeOf, type Window2d } from '@polyneuron/graph';
import type { GraphBuilder, Value } from '../graphBuilder.js';
import { transposedConvolution } from './convolve.js';
import type { Emitter } from './emitter.js';
import { isPadded, isPixelwise } from './images.js';

type WindowOp = Extract<OpName, 'patches' | 'fold'>;

/** Windows that no Conv or pool takes in: ONNX has no operator that lays them out, so pixels are gathered by number. */
export const windowEmitters: { readonly [K in WindowOp]: Emitter<K> } = {
  patches(node, graph) {
    const { inputs, attributes, shape } = node;
    const [x] = inputs;
    if (isPixelwise(attributes)) return { name: graph.reshape(graph.full(x), shape), shape };
    const [batch, height, width, channels] = x.shape;
    const [rows, columns] = paddedExtents(attributes, [height, width]);
    const [[top, bottom], [left, right]] = attributes.padding;
    const zero = graph.scalar(node.dtype, 0);
    const padded = isPadded(attributes)
      ? graph.pad(graph.full(x), [0, top, left, 0], [0, bottom, right, 0], zero)
      : graph.full(x);
    const flat = graph.reshape(padded, [batch, rows * columns, channels]);
    const pixels = graph.constant('int32', pixelNumbers(attributes, shape, columns), shape.slice(1, 5));
    return { name: graph.emit('Gather', [flat, pixels], { axis: 1 }), shape };
  },
  fold: (node, graph) => transposedConvolution(node, graph) ?? tiled(node, graph) ?? scattered(node, graph),
};

function paddedExtents({ padding }: Window2d, extents: readonly number[]): number[] {
  return extents.map((extent, axis) => padding[axis][0] + extent + padding[axis][1]);
}

/** For each element of [rows, columns, i, j] of `patches`, the number of its pixel in the padded image. */
function pixelNumbers({ strides, dilations }: Window2d, shape: readonly number[], width: number): number[] {
  const [, rows, columns, i, j] = shape;
  return Array.from({ length: rows * columns * i * j }, (_, at) => {
    const [column, row] = [Math.floor(at / (i * j)) % columns, Math.floor(at / (i * j * columns))];
    const [y, x] = [Math.floor(at / j) % i, at % j];
    return (row * strides[0] + y * dilations[0]) * width + column * strides[1] + x * dilations[1];
  });
}

/** Windows that do not overlap lie side by side: a transpose. */
function tiled(node: NodeOf<'fold'>, graph: GraphBuilder): Value | undefined {
  const { inputs, attributes, shape } = node;
  const { window, strides, dilations, padding } = attributes;
  const isTiling = window.join() === strides.join() && dilations.every((one) => one === 1);
  if (!isTiling || sizeOf(inputs[0].shape) === 0) return undefined;
  const [batch, rows, columns, i, j, channels] = inputs[0].shape;
  const side = graph.transpose(graph.full(inputs[0]), [0, 1, 3, 2, 4, 5]);
  const image = graph.reshape(side, [batch, rows * i, columns * j, channels]);
  // What no window covers is zero, what was padded is cut away.
  const after = [rows * i, columns * j].map((extent, axis) => shape[axis + 1] + padding[axis][0] - extent);
  const before = padding.map(([extent]) => -extent);
  if ([...before, ...after].every((extent) => extent === 0)) return { name: image, shape };
  const name = graph.pad(image, [0, ...before, 0], [0, ...after, 0], graph.scalar(node.dtype, 0));
  return { name, shape };
}

function scattered({ inputs, attributes, shape, dtype }: NodeOf<'fold'>, graph: GraphBuilder): Value {
  const [batch, height, width, channels] = shape;
  const [windows] = inputs;
  const [rows, columns] = paddedExtents(attributes, [height, width]);
  if (sizeOf(windows.shape) === 0) return { name: graph.scalar(dtype, 0), shape: [] };
  const numbers = pixelNumbers(attributes, windows.shape, columns);
  const all = [batch, numbers.length, channels];
  const pixels = graph.stretch(graph.constant('int32', numbers, [1, numbers.length, 1]), {
    shape: all,
    dtype: 'int32',
  });
  const zeros = graph.stretch(graph.scalar(dtype, 0), {
    shape: [batch, rows * columns, channels],
    dtype,
  });
  const values = graph.reshape(graph.full(windows), all);
  const sums = graph.emit('ScatterElements', [zeros, pixels, values], { axis: 1, reduction: 'add' });
  const image = graph.reshape(sums, [batch, rows, columns, channels]);
  if (!isPadded(attributes)) return { name: image, shape };
  const [[top], [left]] = attributes.padding;
  return {
    name: graph.slice(image, [0, top, left, 0], [batch, top + height, left + width, channels]),
    shape,
  };
}
