/** @file What layers on image patches share: their options, the grid of windows and the windows themselves. */
import { einsum, type Node, patches, reshape, type Shape } from '@polyneuron/graph';
import type { ActivationName } from '../../activations/activations.js';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import { imageInput, requireWhole } from '../checks.js';
import {
  asPair,
  type Extent2d,
  type Padding,
  requireWindow,
  windowGrid,
  windowsOf,
} from '../stock/windows.js';

/** The options of `conv2d`, with its meanings and defaults. */
export interface ImagePatchConfig {
  /** Channels of the result. */
  readonly filters: number;
  readonly kernelSize: Extent2d;
  readonly strides: Extent2d;
  readonly padding: Padding;
  readonly dilationRate: Extent2d;
  readonly activation: ActivationName;
  readonly useBias: boolean;
  readonly kernelInitializer: InitializerConfig;
  readonly biasInitializer: InitializerConfig;
}

export const imagePatchDefaults = {
  strides: 1,
  padding: 'valid',
  dilationRate: 1,
  activation: 'linear',
  useBias: true,
  kernelInitializer: initializers.glorotUniform,
  biasInitializer: initializers.zeros,
} as const satisfies Partial<ImagePatchConfig>;

export const imagePatchRequired = {
  filters: 'channels of the result',
  kernelSize: 'rows and columns of a window',
} as const;

type WindowOptions = Pick<ImagePatchConfig, 'kernelSize' | 'strides' | 'padding' | 'dilationRate'>;

/** [OH, OW, filters]; throws ShapeError and ValueError as `conv2d` does. */
export function imagePatchShape(
  layer: string,
  config: WindowOptions & Pick<ImagePatchConfig, 'filters'>,
  inputShapes: readonly Shape[],
): Shape {
  const { filters, kernelSize, strides, dilationRate, padding } = config;
  requireWhole(layer, 'filters', filters, 1);
  requireWindow(layer, { kernelSize, strides, dilationRate }, padding);
  const [height, width] = imageInput(layer, inputShapes);
  return [...windowGrid(layer, windowConfig(config), height, width), filters];
}

/** Every window of the images: [B, H, W, C] → [B, OH, OW, kh, kw, C]. */
export function imagePatches(config: WindowOptions, x: Node): Node {
  const { window, ...options } = windowsOf(windowConfig(config), x.shape[1], x.shape[2]);
  return patches(x, window, options);
}

/** Every window as one vector: [B, H, W, C] → [B, OH, OW, p], p = kh·kw·C. */
export function flatImagePatches(config: WindowOptions, x: Node): Node {
  const windows = imagePatches(config, x);
  return reshape(windows, [...windows.shape.slice(0, 3), patchSize(config.kernelSize, x.shape[3])]);
}

/** Values of one window: p = kh·kw·C. */
export function patchSize(kernelSize: Extent2d, channels: number): number {
  const [height, width] = asPair(kernelSize);
  return height * width * channels;
}

/** Dot product of every window [B, OH, OW, kh, kw, C] with every filter [kh, kw, C, F]: [B, OH, OW, F]. */
export function correlate(windows: Node, kernel: Node): Node {
  return einsum('bhwijc,ijcf->bhwf', windows, kernel);
}

function windowConfig({ kernelSize, strides, dilationRate, padding }: WindowOptions) {
  return { window: kernelSize, strides, dilations: dilationRate, padding };
}
