/** @file Sliding windows over images, with the padding rules of TensorFlow. */
import { ShapeError, ValueError, type Window2d, windowCount } from '@polyneuron/graph';
import { requireOneOf, requireWhole } from '../checks.js';

/** One number for both axes, or rows and columns. */
export type Extent2d = number | readonly [number, number];

/** 'valid' uses whole windows only; 'same' pads so that the output has ⌈extent / stride⌉ positions. */
export type Padding = 'valid' | 'same';

export interface WindowConfig {
  readonly window: Extent2d;
  readonly strides: Extent2d;
  readonly dilations: Extent2d;
  readonly padding: Padding;
}

export function asPair(extent: Extent2d): readonly [number, number] {
  return typeof extent === 'number' ? [extent, extent] : extent;
}

/** Rejects extents that are not a whole number of at least 1, or two of them, and an unknown padding. */
export function requireWindow(
  layer: string,
  options: Readonly<Record<string, Extent2d>>,
  padding: string,
): void {
  for (const [option, extent] of Object.entries(options)) {
    const values: readonly number[] = [extent].flat();
    if (Array.isArray(extent) && values.length !== 2) {
      throw new ValueError({
        subject: layer,
        expected: `${option} to be one number, or rows and columns`,
        received: JSON.stringify(extent),
        fix: `pass ${option}: 3, or ${option}: [3, 3]`,
      });
    }
    for (const value of values) requireWhole(layer, option, value, 1);
  }
  requireOneOf(layer, 'padding', padding, ['valid', 'same']);
}

type Sides = readonly [number, number];

/**
 * Zeros before and after one axis.
 *
 * same: total = max(0, (⌈extent / stride⌉ - 1) stride + (window - 1) dilation + 1 - extent), the odd one after
 */
function paddingOf(
  padding: Padding,
  extent: number,
  window: number,
  stride: number,
  dilation: number,
): Sides {
  if (padding === 'valid') return [0, 0];
  const span = (window - 1) * dilation + 1;
  const total = Math.max(0, (Math.ceil(extent / stride) - 1) * stride + span - extent);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

/** The windows of an image of this height and width. */
export function windowsOf(config: WindowConfig, height: number, width: number): Window2d {
  const [window, strides, dilations] = [
    asPair(config.window),
    asPair(config.strides),
    asPair(config.dilations),
  ];
  const sides = (axis: 0 | 1, extent: number) =>
    paddingOf(config.padding, extent, window[axis], strides[axis], dilations[axis]);
  return { window, strides, dilations, padding: [sides(0, height), sides(1, width)] };
}

/** Rows and columns of windows; an image smaller than one window is an error. */
export function windowGrid(
  layer: string,
  config: WindowConfig,
  height: number,
  width: number,
): [number, number] {
  const { window, strides, dilations, padding } = windowsOf(config, height, width);
  const count = (axis: 0 | 1, extent: number) =>
    windowCount(extent, window[axis], strides[axis], dilations[axis], padding[axis]);
  const grid: [number, number] = [count(0, height), count(1, width)];
  if (grid[0] > 0 && grid[1] > 0) return grid;
  const span = window.map((extent, axis) => (extent - 1) * dilations[axis] + 1);
  throw new ShapeError({
    subject: layer,
    expected: `an image of at least ${span.join(' x ')}`,
    received: `${height} x ${width}`,
    fix: "use padding: 'same', or a smaller window",
  });
}
