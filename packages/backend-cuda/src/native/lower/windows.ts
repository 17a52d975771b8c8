/** @file patches and its adjoint fold. Windows are cut from a padded image: TensorFlow pads by rules of its own. */
import { type Shape, sizeOf, type Window2d } from '@polyneuron/graph';
import { foldedConvolution, paddedImage } from './convolution.js';
import { addTyped, firstTwoSwapped, type Lowering, reshaped, wholeValue } from './lowering.js';

export const patches: Lowering<'patches'> = (node, context) => {
  const { window, strides, dilations } = node.attributes;
  const image = paddedImage(context, node);
  const per = (extents: readonly number[]) => ({ ints: [1, ...extents, 1] });
  const at = addTyped(context, 'ExtractImagePatches', [image], 'float32', {
    ksizes: per(window),
    strides: per(strides),
    rates: per(dilations),
    padding: { text: 'VALID' },
  });
  const [batch, rows, columns, , , channels] = node.shape;
  const flat = [batch, rows, columns, window[0] * window[1] * channels];
  return wholeValue(node, reshaped(context, at, 'float32', flat, node.shape));
};

/** Elements of windows summed by the pixel that they show; those that lie in the padding have no pixel. */
export const fold: Lowering<'fold'> = (node, context) => {
  const convolution = foldedConvolution(node, context);
  if (convolution !== undefined) return wholeValue(node, convolution);
  const { shape: windows } = node.inputs[0];
  const [batch, height, width, channels] = node.shape;
  const elements = sizeOf(windows.slice(1, 5));
  const flat = reshaped(context, context.whole(0), 'float32', windows, [batch, elements, channels]);
  const pixels = context.graph.ints(pixelOfElement(node.shape, windows, node.attributes));
  const sums = context.graph.add(
    'UnsortedSegmentSum',
    [
      firstTwoSwapped(context, flat, 'float32', [batch, elements, channels]),
      pixels,
      context.graph.int(height * width),
    ],
    { T: { type: 'float32' }, Tindices: { type: 'int32' }, Tnumsegments: { type: 'int32' } },
  );
  const back = firstTwoSwapped(context, sums, 'float32', [height * width, batch, channels]);
  return wholeValue(node, reshaped(context, back, 'float32', [batch, height * width, channels], node.shape));
};

/** Pixel of one image for each element of its windows; -1, which UnsortedSegmentSum leaves out, in the padding. */
function pixelOfElement(
  [, height, width]: Shape,
  [, rows, columns, windowRows, windowColumns]: Shape,
  { strides, dilations, padding }: Window2d,
): number[] {
  const pixels: number[] = [];
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++)
      for (let i = 0; i < windowRows; i++)
        for (let j = 0; j < windowColumns; j++) {
          const row = r * strides[0] + i * dilations[0] - padding[0][0];
          const column = c * strides[1] + j * dilations[1] - padding[1][0];
          const isInside = row >= 0 && row < height && column >= 0 && column < width;
          pixels.push(isInside ? row * width + column : -1);
        }
  return pixels;
}
