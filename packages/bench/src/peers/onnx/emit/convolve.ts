/**
 * @file Convolutions and their adjoints, which a program has as einsum over `patches` and as `fold` of an einsum, as Conv
 * and ConvTranspose.
 */
import { type EinsumSpec, einsumRoles, type NodeOf, parseEinsum, type Window2d } from '@polyneuron/graph';
import type { GraphBuilder, Value } from '../graphBuilder.js';
import { isEmpty, isPixelwise, toChannelsLast, toChannelsSecond, windowAttributes } from './images.js';
import { arranged, extentsOf, type Labels } from './labels.js';

/** Labels of a convolution: those of `patches`, and what the kernel has besides. */
interface ConvolutionLabels {
  /** b, h, w, i, j, c */
  readonly patches: Labels;
  readonly kernel: Labels;
  readonly filters: Labels;
  /** Each channel has filters of its own. */
  readonly isGrouped: boolean;
}

/** What einsum makes of windows and a kernel, as Conv; undefined where it is none. */
export function convolution(
  node: NodeOf<'einsum'>,
  spec: EinsumSpec,
  graph: GraphBuilder,
): Value | undefined {
  const at = node.inputs.findIndex(({ op }) => op === 'patches');
  if (at < 0 || isEmpty(...node.inputs)) return undefined;
  const [patches, kernel] = [node.inputs[at], node.inputs[1 - at]];
  if (patches.op !== 'patches' || isPixelwise(patches.attributes)) return undefined;
  const [ofPatches, ofKernel] = at === 0 ? [spec.left, spec.right] : [spec.right, spec.left];
  const roles = einsumRoles({ left: ofPatches, right: ofKernel, output: spec.output });
  const labels = convolutionLabels(ofPatches, ofKernel, roles.batch);
  // The window is summed over, channels too unless each has filters of its own.
  if (!labels || !isSameSet(roles.depth, ofPatches.slice(3, labels.isGrouped ? 5 : 6))) return undefined;
  const extentOf = extentsOf(spec, node.inputs[0].shape, node.inputs[1].shape);
  const [b, h, w, , , c] = labels.patches;
  const image = toChannelsSecond(graph, graph.full(patches.inputs[0]));
  const weights = weightsOf(graph, graph.full(kernel), labels, extentOf);
  const name = graph.emit('Conv', [image, weights], {
    ...windowAttributes(patches.attributes),
    group: labels.isGrouped ? extentOf(c) : 1,
  });
  const result = [b, ...(labels.isGrouped ? [c] : []), ...labels.filters, h, w];
  const separate =
    labels.filters.length === 1 && !labels.isGrouped ? name : graph.reshape(name, result.map(extentOf));
  return { name: arranged(graph, separate, [result, spec.output], extentOf, node.shape), shape: node.shape };
}

/** The adjoint of a convolution as ConvTranspose; undefined where `fold` is of something else. */
export function transposedConvolution(node: NodeOf<'fold'>, graph: GraphBuilder): Value | undefined {
  const [product] = node.inputs;
  if (product.op !== 'einsum' || isEmpty(node, ...product.inputs)) return undefined;
  const spec = parseEinsum(product.attributes.spec);
  const sides = [spec.left, spec.right] as const;
  const at = sides.findIndex((labels) => spec.output.slice(3, 5).every((label) => labels.includes(label)));
  if (at < 0) return undefined;
  const [ofKernel, ofGradient] = [sides[at], sides[1 - at]];
  const roles = einsumRoles({ left: ofKernel, right: ofGradient, output: spec.output });
  const labels = convolutionLabels(spec.output, ofKernel, roles.batch);
  const extra = missingPixels(node);
  if (!labels || !extra || !isSameSet(roles.depth, labels.filters)) return undefined;
  if (!isSameSet(roles.batch, labels.isGrouped ? spec.output.slice(5) : [])) return undefined;
  const extentOf = extentsOf(spec, product.inputs[0].shape, product.inputs[1].shape);
  const [b, h, w, , , c] = labels.patches;
  const channels = [...(labels.isGrouped ? [c] : []), ...labels.filters];
  const count = channels.reduce((size, label) => size * extentOf(label), 1);
  const gradient = arranged(
    graph,
    graph.full(product.inputs[1 - at]),
    [ofGradient, [b, ...channels, h, w]],
    extentOf,
    [extentOf(b), count, extentOf(h), extentOf(w)],
  );
  const name = graph.emit(
    'ConvTranspose',
    [gradient, weightsOf(graph, graph.full(product.inputs[at]), labels, extentOf)],
    {
      ...windowAttributes(node.attributes),
      output_padding: extra,
      group: labels.isGrouped ? extentOf(c) : 1,
    },
  );
  return { name: toChannelsLast(graph, name), shape: node.shape };
}

/** Undefined unless the kernel has the labels of the window and the channel, and none of the image's grid. */
function convolutionLabels(patches: Labels, kernel: Labels, batch: Labels): ConvolutionLabels | undefined {
  const [b, h, w, i, j, c] = patches;
  if ([b, h, w].some((label) => kernel.includes(label))) return undefined;
  if (![i, j, c].every((label) => kernel.includes(label))) return undefined;
  const filters = kernel.filter((label) => ![i, j, c].includes(label));
  return { patches, kernel, filters, isGrouped: batch.includes(c) };
}

/** [filters, channels, rows, columns]; with filters of their own, [channels · filters, 1, rows, columns]. */
function weightsOf(
  graph: GraphBuilder,
  kernel: string,
  labels: ConvolutionLabels,
  extentOf: (label: string) => number,
): string {
  const [, , , i, j, c] = labels.patches;
  const filters = labels.filters.reduce((size, label) => size * extentOf(label), 1);
  const order = labels.isGrouped ? [c, ...labels.filters, i, j] : [...labels.filters, c, i, j];
  const leading = labels.isGrouped ? [extentOf(c) * filters, 1] : [filters, extentOf(c)];
  return arranged(graph, kernel, [labels.kernel, order], extentOf, [...leading, extentOf(i), extentOf(j)]);
}

/** Rows and columns at the end that no window covers; undefined where ConvTranspose cannot express them. */
function missingPixels({ inputs: [windows], attributes }: NodeOf<'fold'>): readonly number[] | undefined {
  const { size, window, strides, dilations, padding }: Window2d & { readonly size: readonly number[] } =
    attributes;
  const missing = [0, 1].map((axis) => {
    const covered = (windows.shape[axis + 1] - 1) * strides[axis] + (window[axis] - 1) * dilations[axis] + 1;
    return size[axis] - (covered - padding[axis][0] - padding[axis][1]);
  });
  const isExpressible = missing.every(
    (extent, axis) => extent >= 0 && extent < Math.max(strides[axis], dilations[axis]),
  );
  return isExpressible ? missing : undefined;
}

function isSameSet(a: Labels, b: Labels): boolean {
  return a.length === b.length && a.every((label) => b.includes(label));
}
