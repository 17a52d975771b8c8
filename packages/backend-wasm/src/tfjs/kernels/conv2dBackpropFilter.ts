import { defineProgram, einsum, type Node, transpose } from '@polyneuron/graph';
import { backend_util, Conv2DBackpropFilter, type Conv2DBackpropFilterAttrs } from '@tensorflow/tfjs-core';
import { float, type KernelProgram } from './kernelCall.js';
import { windowsOf } from './windows.js';

/**
 * Gradient of a 2-D convolution with respect to its filter.
 *
 * dW[i,j,c,k] = Σ_{b,p,q} x[b, p·sh + i - top, q·sw + j - left, c] dy[b,p,q,k]
 *
 * Shapes   x [B,H,W,C], dy [B,OH,OW,K] → [kh,kw,C,K]; with dataFormat NCHW the images have their channels second
 * Source   tfjs-core 4.22, Conv2DBackpropFilter of the cpu backend
 */
export const conv2dBackpropFilter: KernelProgram<Conv2DBackpropFilterAttrs> = {
  kernelName: Conv2DBackpropFilter,
  build: ({ x, dy }, { strides, pad, dataFormat, dimRoundingMode, filterShape }) => {
    const format = backend_util.convertConv2DDataFormat(dataFormat);
    const info = backend_util.computeConv2DInfo(
      x.shape as [number, number, number, number],
      filterShape,
      strides,
      1,
      pad,
      dimRoundingMode,
      false,
      format,
    );
    const channelsLast = (image: Node) =>
      format === 'channelsLast' ? image : transpose(image, [0, 2, 3, 1]);
    return defineProgram({
      name: Conv2DBackpropFilter,
      inputs: { x: float(x), dy: float(dy) },
      build: ({ inputs }) => {
        const windows = windowsOf(channelsLast(inputs.x), info);
        return { outputs: { dW: einsum('bpqijc,bpqk->ijck', windows, channelsLast(inputs.dy)) } };
      },
    });
  },
};
