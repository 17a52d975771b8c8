/**
 * @file Products with windows of images as TensorFlow's convolutions, which never write the windows out: a layer, and the
 * derivatives for its filter and for its image. The nodes that would make the windows stay in the graph without a reader.
 */
import {
  einsumRoles,
  type Node,
  type NodeOf,
  parseEinsum,
  type Shape,
  sizeOf,
  type Window2d,
} from '@polyneuron/graph';
import type { Reference } from '../graph/graphBuilder.js';
import type { Attributes } from '../graph/graphMessages.js';
import { type LoweringContext, permuted, reshaped } from './lowering.js';

type Labels = readonly string[];

/** One operand holds windows [b, h, w, i, j, c]; `other` is what it is multiplied with. */
interface WindowProduct {
  readonly windows: NodeOf<'patches'>;
  readonly labels: Labels;
  readonly other: Node;
  readonly otherLabels: Labels;
  readonly output: Labels;
}

/**
 * An einsum with windows as one convolution; undefined where it is something else.
 *
 * Σ_ijc window[b,h,w,i,j,c] filter[i,j,c,o]   Conv2D
 * Σ_bhw window[b,h,w,i,j,c] dy[b,h,w,o]       Conv2DBackpropFilter
 */
export function convolved(node: NodeOf<'einsum'>, context: LoweringContext): Reference | undefined {
  const product = windowProductOf(node);
  if (!product) return undefined;
  const { windows, labels, other, otherLabels, output } = product;
  const { batch, rows, columns, depth } = einsumRoles({ left: labels, right: otherLabels, output });
  const [places, elements] = [labels.slice(0, 3), labels.slice(3)];
  const isForward = isSame(rows, places) && isSame(depth, elements);
  const isForFilter = isSame(rows, elements) && isSame(depth, places);
  if (batch.length > 0 || !(isForward || isForFilter)) return undefined;
  const count = sizeOf(columns.map((label) => other.shape[otherLabels.indexOf(label)]));
  const image = paddedImage(context, windows);
  const [kh, kw, channels] = windows.shape.slice(3);
  const filter: Shape = [kh, kw, channels, count];
  const right = ordered(
    context,
    other,
    otherLabels,
    [...depth, ...columns],
    [...windows.shape.slice(isForward ? 3 : 0, isForward ? 6 : 3), count],
  );
  const { graph } = context;
  const at = isForward
    ? graph.add('Conv2D', [image, right], attributesOf(windows.attributes))
    : graph.add('Conv2DBackpropFilter', [image, graph.ints(filter), right], attributesOf(windows.attributes));
  const result = [...rows, ...columns];
  const shape = result.map((label) => node.shape[output.indexOf(label)]);
  const from = isForward ? [...windows.shape.slice(0, 3), count] : filter;
  const plain = reshaped(context, at, 'float32', from, shape);
  return permuted(
    context,
    plain,
    'float32',
    output.map((label) => result.indexOf(label)),
  );
}

/**
 * fold of Σ_o dy[b,h,w,o] filter[i,j,c,o] as Conv2DBackpropInput, without the padding; undefined where it is something else.
 */
export function foldedConvolution(node: NodeOf<'fold'>, context: LoweringContext): Reference | undefined {
  const [product] = node.inputs;
  const { padding } = node.attributes;
  if (product.op !== 'einsum' || !isPlain(node.attributes) || sizeOf(product.shape) === 0) return undefined;
  const { left, right, output } = parseEinsum(product.attributes.spec);
  const [places, elements] = [output.slice(0, 3), output.slice(3)];
  for (const isSwapped of [false, true]) {
    const [first, second] = isSwapped ? [right, left] : [left, right];
    const [dy, filter] = isSwapped ? [product.inputs[1], product.inputs[0]] : product.inputs;
    const { batch, rows, columns, depth } = einsumRoles({ left: first, right: second, output });
    if (batch.length > 0 || !isSet(rows, places) || !isSet(columns, elements)) continue;
    const count = sizeOf(depth.map((label) => dy.shape[first.indexOf(label)]));
    if (count === 0) return undefined;
    const gradient = ordered(
      context,
      dy,
      first,
      [...places, ...depth],
      [...product.shape.slice(0, 3), count],
    );
    const weights = ordered(
      context,
      filter,
      second,
      [...elements, ...depth],
      [...product.shape.slice(3), count],
    );
    const size = paddedShape(node.shape, padding);
    const { graph } = context;
    const image = graph.add(
      'Conv2DBackpropInput',
      [graph.ints(size), weights, gradient],
      attributesOf(node.attributes),
    );
    if (padding.flat().every((extent) => extent === 0)) return image;
    const begin = graph.ints([0, padding[0][0], padding[1][0], 0]);
    return graph.add('Slice', [image, begin, graph.ints(node.shape)], {
      T: { type: 'float32' },
      Index: { type: 'int32' },
    });
  }
  return undefined;
}

function windowProductOf({ inputs: [a, b], attributes }: NodeOf<'einsum'>): WindowProduct | undefined {
  const { left, right, output } = parseEinsum(attributes.spec);
  if (isConvolvable(a)) return { windows: a, labels: left, other: b, otherLabels: right, output };
  if (isConvolvable(b)) return { windows: b, labels: right, other: a, otherLabels: left, output };
  return undefined;
}

function isConvolvable(node: Node): node is NodeOf<'patches'> {
  return node.op === 'patches' && isPlain(node.attributes) && sizeOf(node.shape) > 0;
}

/** TensorFlow has derivatives of dilated convolutions on GPUs only. */
function isPlain({ dilations }: Window2d): boolean {
  return dilations.every((dilation) => dilation === 1);
}

function attributesOf({ strides }: Window2d): Attributes {
  return { T: { type: 'float32' }, strides: { ints: [1, ...strides, 1] }, padding: { text: 'VALID' } };
}

/** An operand with its axes in the order `to`, as `shape`. */
function ordered(context: LoweringContext, node: Node, from: Labels, to: Labels, shape: Shape): Reference {
  const permutation = to.map((label) => from.indexOf(label));
  const moved = permuted(context, context.wholeOf(node), 'float32', permutation);
  const extents = permutation.map((axis) => node.shape[axis]);
  return reshaped(context, moved, 'float32', extents, shape);
}

/** The image that windows are cut from, with its padding. */
export function paddedImage(
  context: LoweringContext,
  { inputs: [image], attributes: { padding } }: NodeOf<'patches'>,
): Reference {
  const [rows, columns] = padding;
  const at = context.wholeOf(image);
  if (padding.flat().every((extent) => extent === 0)) return at;
  const paddings = context.graph.constant([0, 0, ...rows, ...columns, 0, 0], [4, 2], 'int32');
  return context.graph.add('Pad', [at, paddings], {
    T: { type: 'float32' },
    Tpaddings: { type: 'int32' },
  });
}

function paddedShape([batch, height, width, channels]: Shape, [rows, columns]: Window2d['padding']): Shape {
  return [batch, height + rows[0] + rows[1], width + columns[0] + columns[1], channels];
}

function isSame(a: Labels, b: Labels): boolean {
  return a.length === b.length && a.every((label, at) => label === b[at]);
}

function isSet(a: Labels, b: Labels): boolean {
  return a.length === b.length && a.every((label) => b.includes(label));
}
