/** @file Images in the two layouts: programs have channels last, ONNX's window operators have them second. */
import { type Node, sizeOf, type Window2d } from '@polyneuron/graph';
import type { GraphBuilder } from '../graphBuilder.js';
import type { Attributes } from '../onnxGraph.js';

export function toChannelsSecond(graph: GraphBuilder, name: string): string {
  return graph.transpose(name, [0, 3, 1, 2]);
}

export function toChannelsLast(graph: GraphBuilder, name: string): string {
  return graph.transpose(name, [0, 2, 3, 1]);
}

export function windowAttributes({ window, strides, dilations, padding }: Window2d): Attributes {
  const [[top, bottom], [left, right]] = padding;
  return { kernel_shape: window, strides, dilations, pads: [top, left, bottom, right] };
}

export function isPadded({ padding }: Window2d): boolean {
  return padding.flat().some((extent) => extent !== 0);
}

/** Whether windows are the pixels themselves. */
export function isPixelwise({ window, strides, ...rest }: Window2d): boolean {
  return [...window, ...strides].every((extent) => extent === 1) && !isPadded({ window, strides, ...rest });
}

/** Whether some axis has no element: the window operators refuse such images. */
export function isEmpty(...nodes: readonly Node[]): boolean {
  return nodes.some(({ shape }) => sizeOf(shape) === 0);
}
