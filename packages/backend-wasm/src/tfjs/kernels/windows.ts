import { type Node, pad, patches, slice } from '@polyneuron/graph';
import type { backend_util } from '@tensorflow/tfjs-core';

/** tfjs's resolved convolution: extents, strides and the padding before the first row and column. */
export type ConvInfo = ReturnType<typeof backend_util.computeConv2DInfo>;

/** Cuts and pads with zeros so that `before` rows and columns are added in front and the extents become `size`. */
export function fitImage(x: Node, before: readonly [number, number], size: readonly [number, number]): Node {
  const [batch, height, width, channels] = x.shape;
  const extents = [height, width];
  const skip = before.map((count) => Math.max(0, -count));
  const front = before.map((count) => Math.max(0, count));
  const kept = extents.map((extent, axis) =>
    Math.max(0, Math.min(extent - skip[axis], size[axis] - front[axis])),
  );
  const back = size.map((extent, axis) => extent - front[axis] - kept[axis]);
  const cut = kept.every((extent, axis) => extent === extents[axis])
    ? x
    : slice(x, [0, ...skip, 0], [batch, ...kept, channels]);
  return [...front, ...back].every((count) => count === 0)
    ? cut
    : pad(cut, [0, ...front, 0], [0, ...back, 0]);
}

/** The windows of a convolution's input, [B,OH,OW,kh,kw,C], exactly one per output pixel. */
export function windowsOf(x: Node, info: ConvInfo): Node {
  const span = (count: number, stride: number, window: number) => Math.max(0, (count - 1) * stride + window);
  const image = fitImage(
    x,
    [info.padInfo.top, info.padInfo.left],
    [
      span(info.outHeight, info.strideHeight, info.effectiveFilterHeight),
      span(info.outWidth, info.strideWidth, info.effectiveFilterWidth),
    ],
  );
  return patches(image, [info.filterHeight, info.filterWidth], {
    strides: [info.strideHeight, info.strideWidth],
    dilations: [info.dilationHeight, info.dilationWidth],
  });
}
