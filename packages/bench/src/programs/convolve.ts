/** @file Convolution and its derivatives in float64, as loops: the interpreter would take minutes at the sizes of nets. */
import type { ConvolutionTask } from '../cases/benchCase.js';

/** Extents of a convolution of square windows. */
export interface ConvolutionLayout {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly filters: number;
  readonly kernelSize: number;
  readonly strides: number;
  readonly outHeight: number;
  readonly outWidth: number;
  /** Zeros above and to the left. */
  readonly before: readonly [number, number];
}

/** Output extents and padding as TensorFlow has them: 'same' has ⌈extent / stride⌉ windows, the odd zero comes after. */
export function layoutOf(task: ConvolutionTask): ConvolutionLayout {
  const { batch, filters, kernelSize, strides, padding } = task;
  const [height, width, channels] = task.image;
  const windows = (extent: number) =>
    padding === 'same' ? Math.ceil(extent / strides) : Math.floor((extent - kernelSize) / strides) + 1;
  const zeros = (extent: number) =>
    Math.floor(Math.max(0, (windows(extent) - 1) * strides + kernelSize - extent) / 2);
  return {
    ...{ batch, height, width, channels, filters, kernelSize, strides },
    outHeight: windows(height),
    outWidth: windows(width),
    before: [zeros(height), zeros(width)],
  };
}

/** y[b,r,c,f] = Σ_{i,j,k} x[b, r s + i - p, c s + j - q, k] kernel[i,j,k,f], zeros outside of the image. */
export function convolve(
  layout: ConvolutionLayout,
  x: ArrayLike<number>,
  kernel: ArrayLike<number>,
): Float64Array {
  const { batch, outHeight, outWidth, channels, filters } = layout;
  const y = new Float64Array(batch * outHeight * outWidth * filters);
  forEachTap(layout, (at, from, tap) => {
    for (let k = 0; k < channels; k++) {
      const value = x[from + k];
      const weights = tap + k * filters;
      for (let f = 0; f < filters; f++) y[at + f] += value * kernel[weights + f];
    }
  });
  return y;
}

/** dx and dkernel of Σ y dy: each product of `convolve`, with one factor and the sum exchanged. */
export function convolutionGradients(
  layout: ConvolutionLayout,
  x: ArrayLike<number>,
  kernel: ArrayLike<number>,
  dy: ArrayLike<number>,
): { readonly x: Float64Array; readonly kernel: Float64Array } {
  const { channels, filters } = layout;
  const dx = new Float64Array(x.length);
  const dkernel = new Float64Array(kernel.length);
  forEachTap(layout, (at, from, tap) => {
    for (let k = 0; k < channels; k++) {
      const value = x[from + k];
      const weights = tap + k * filters;
      let sum = 0;
      for (let f = 0; f < filters; f++) {
        const slope = dy[at + f];
        sum += slope * kernel[weights + f];
        dkernel[weights + f] += value * slope;
      }
      dx[from + k] += sum;
    }
  });
  return { x: dx, kernel: dkernel };
}

/** Offsets of each pixel of y, of a pixel of x under its window, and of the kernel's entry between them. */
function forEachTap(layout: ConvolutionLayout, visit: (at: number, from: number, tap: number) => void): void {
  const { batch, height, width, channels, filters, kernelSize, strides, outHeight, outWidth } = layout;
  const [above, left] = layout.before;
  for (let b = 0; b < batch; b++)
    for (let r = 0; r < outHeight; r++)
      for (let c = 0; c < outWidth; c++)
        for (let i = 0; i < kernelSize; i++)
          for (let j = 0; j < kernelSize; j++) {
            const [row, column] = [r * strides + i - above, c * strides + j - left];
            if (row < 0 || row >= height || column < 0 || column >= width) continue;
            visit(
              ((b * outHeight + r) * outWidth + c) * filters,
              ((b * height + row) * width + column) * channels,
              (i * kernelSize + j) * channels * filters,
            );
          }
}
