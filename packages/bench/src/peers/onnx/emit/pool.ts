import type { NodeOf } from '@polyneuron/graph';
import type { GraphBuilder, Value } from '../graphBuilder.js';
import { isEmpty, isPadded, toChannelsLast, toChannelsSecond, windowAttributes } from './images.js';

/** The axes of a window in the result of `patches`. */
const windowAxes = '3,4';

/** Σ over each window as AveragePool times its size; undefined where that is not what the sum is. */
export function summedWindows(node: NodeOf<'sum'>, graph: GraphBuilder): Value | undefined {
  const [patches] = node.inputs;
  if (patches.op !== 'patches' || node.attributes.axes.join() !== windowAxes || isEmpty(patches))
    return undefined;
  const { window } = patches.attributes;
  const averages = graph.emit('AveragePool', [toChannelsSecond(graph, graph.full(patches.inputs[0]))], {
    ...windowAttributes(patches.attributes),
    count_include_pad: 1,
  });
  const sums = graph.emit('Mul', [averages, graph.scalar('float32', window[0] * window[1])]);
  return { name: toChannelsLast(graph, sums), shape: node.shape };
}

/** The maximum of each window as MaxPool. Not of padded images: patches pad with zeros, MaxPool with nothing. */
export function largestOfWindows(node: NodeOf<'reduceMax'>, graph: GraphBuilder): Value | undefined {
  const [patches] = node.inputs;
  if (patches.op !== 'patches' || node.attributes.axes.join() !== windowAxes || isEmpty(patches))
    return undefined;
  if (isPadded(patches.attributes) || node.dtype !== 'float32') return undefined;
  const image = toChannelsSecond(graph, graph.full(patches.inputs[0]));
  const largest = graph.emit('MaxPool', [image], windowAttributes(patches.attributes));
  return { name: toChannelsLast(graph, largest), shape: node.shape };
}
