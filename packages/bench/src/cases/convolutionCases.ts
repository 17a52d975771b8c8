import type { BenchCase, ConvolutionTask } from './benchCase.js';

const batch = 16;

type Sizes = Pick<ConvolutionTask, 'image' | 'filters' | 'kernelSize' | 'strides' | 'padding'>;

/** The first two layers of a small net, one in its middle, a 1x1, and one that halves the image. */
const sizes: readonly Sizes[] = [
  { image: [28, 28, 1], filters: 16, kernelSize: 3, strides: 1, padding: 'same' },
  { image: [28, 28, 16], filters: 16, kernelSize: 3, strides: 1, padding: 'same' },
  { image: [14, 14, 64], filters: 64, kernelSize: 3, strides: 1, padding: 'same' },
  { image: [14, 14, 64], filters: 128, kernelSize: 1, strides: 1, padding: 'valid' },
  { image: [28, 28, 16], filters: 32, kernelSize: 3, strides: 2, padding: 'valid' },
];

/** `conv-28x28x16-3x3x32-s2-forward`: image, window and filters, stride where it is not 1. */
export const convolutionCases: readonly BenchCase[] = sizes.flatMap((one) =>
  (['forward', 'gradient'] as const).map((direction) => convolution(one, direction)),
);

function convolution(one: Sizes, direction: ConvolutionTask['direction']): BenchCase {
  const { image, filters, kernelSize, strides, padding } = one;
  const window = `${kernelSize}x${kernelSize}`;
  const stride = strides === 1 ? '' : `-s${strides}`;
  return {
    name: `conv-${image.join('x')}-${window}x${filters}${stride}-${direction}`,
    title: `${batch} images ${image.join('x')}, ${filters} filters ${window}, stride ${strides}, padding ${padding}, float32, ${direction}`,
    suite: 'convolution',
    unit: 'ms/run',
    task: { kind: 'convolution', batch, ...one, direction },
  };
}
