import { defineProgram, mul, type Node, pad as padNode, reshape, reverse, sum } from '@polyneuron/graph';
import {
  backend_util,
  DepthwiseConv2dNativeBackpropFilter,
  type DepthwiseConv2dNativeBackpropFilterAttrs,
  DepthwiseConv2dNativeBackpropInput,
  type DepthwiseConv2dNativeBackpropInputAttrs,
} from '@tensorflow/tfjs-core';
import { float, type KernelProgram } from './kernelCall.js';
import { type ConvInfo, fitImage, windowsOf } from './windows.js';

type Shape4 = [number, number, number, number];

/**
 * Gradient of a depthwise convolution with respect to its filter. Dilations count, which the cpu backend of tfjs
 * ignores here.
 *
 * dW[i,j,c,m] = Σ_{b,p,q} x[b, p·sh + i·dh - top, q·sw + j·dw - left, c] dy[b,p,q,c·M+m]
 *
 * Shapes   x [B,H,W,C], dy [B,OH,OW,C·M] → [kh,kw,C,M]
 */
export const depthwiseBackpropFilter: KernelProgram<DepthwiseConv2dNativeBackpropFilterAttrs> = {
  kernelName: DepthwiseConv2dNativeBackpropFilter,
  build: ({ x, dy }, { strides, dilations, pad, dimRoundingMode, filterShape }) => {
    const info = backend_util.computeConv2DInfo(
      x.shape as Shape4,
      filterShape,
      strides,
      dilations,
      pad,
      dimRoundingMode,
      true,
    );
    const [kh, kw, channels, multiplier] = filterShape;
    const { batchSize, outHeight, outWidth } = info;
    return defineProgram({
      name: DepthwiseConv2dNativeBackpropFilter,
      inputs: { x: float(x), dy: float(dy) },
      build: ({ inputs }) => {
        const windows = windowsOf(inputs.x, info);
        const cotangent = reshape(inputs.dy, [batchSize, outHeight, outWidth, 1, 1, channels, multiplier]);
        const terms = mul(reshape(windows, [...windows.shape, 1]), cotangent);
        return { outputs: { dW: reshape(sum(terms, [0, 1, 2]), [kh, kw, channels, multiplier]) } };
      },
    });
  },
};

/**
 * Gradient of a depthwise convolution with respect to its input: the cotangent, spread out by the strides, correlated
 * with the reversed filter.
 *
 * dx[b,h,w,c] = Σ_{i,j,m} dy[b, (h + top - i·dh)/sh, (w + left - j·dw)/sw, c·M+m] W[i,j,c,m], where both divide evenly
 *
 * Shapes   dy [B,OH,OW,C·M], filter [kh,kw,C,M] → inputShape [B,H,W,C]
 */
export const depthwiseBackpropInput: KernelProgram<DepthwiseConv2dNativeBackpropInputAttrs> = {
  kernelName: DepthwiseConv2dNativeBackpropInput,
  build: ({ dy, filter }, { strides, dilations, pad, dimRoundingMode, inputShape }) => {
    const info = backend_util.computeConv2DInfo(
      inputShape,
      filter.shape as Shape4,
      strides,
      dilations,
      pad,
      dimRoundingMode,
      true,
    );
    return defineProgram({
      name: DepthwiseConv2dNativeBackpropInput,
      inputs: { dy: float(dy), filter: float(filter) },
      build: ({ inputs }) => ({ outputs: { dx: inputGradient(inputs.dy, inputs.filter, info) } }),
    });
  },
};

function inputGradient(dy: Node, filter: Node, info: ConvInfo): Node {
  const { padInfo, inHeight, inWidth, batchSize, inChannels } = info;
  const image = fitImage(
    spread(dy, info.strideHeight, info.strideWidth),
    [info.effectiveFilterHeight - 1 - padInfo.top, info.effectiveFilterWidth - 1 - padInfo.left],
    [inHeight + info.effectiveFilterHeight - 1, inWidth + info.effectiveFilterWidth - 1],
  );
  const windows = windowsOf(image, {
    ...info,
    padInfo: { ...padInfo, top: 0, left: 0 },
    outHeight: inHeight,
    outWidth: inWidth,
    strideHeight: 1,
    strideWidth: 1,
  });
  const { filterHeight, filterWidth } = info;
  const multiplier = filter.shape[3];
  const split = reshape(windows, [
    batchSize,
    inHeight,
    inWidth,
    filterHeight,
    filterWidth,
    inChannels,
    multiplier,
  ]);
  return sum(mul(split, reshape(reverse(filter, [0, 1]), [1, 1, 1, ...filter.shape])), [3, 4, 6]);
}

/** Puts the pixels `strides` apart, zeros between them and after the last. */
function spread(x: Node, strideHeight: number, strideWidth: number): Node {
  if (strideHeight === 1 && strideWidth === 1) return x;
  const [batch, height, width, channels] = x.shape;
  const zeros = [0, 0, strideHeight - 1, 0, strideWidth - 1, 0];
  const padded = padNode(
    reshape(x, [batch, height, 1, width, 1, channels]),
    zeros.map(() => 0),
    zeros,
  );
  return reshape(padded, [batch, height * strideHeight, width * strideWidth, channels]);
}
