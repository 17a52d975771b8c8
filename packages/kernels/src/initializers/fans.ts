import type { Shape } from '@polyneuron/graph';

export interface FanAxes {
  readonly in: readonly number[];
  readonly out: readonly number[];
}

export interface Fans {
  readonly fanIn: number;
  readonly fanOut: number;
}

/**
 * Number of inputs and outputs of one neuron.
 *
 * With `axes`: products of the extents named; an axis in neither list is a batch of slices and counts in none. Without:
 * a scalar has 1 and 1, a vector its length and its length, a matrix rows and columns, and a higher rank is read as a
 * convolution kernel [..., in, out] whose leading axes, the window, count in both.
 */
export function fansOf(shape: Shape, axes?: FanAxes): Fans {
  const product = (picked: readonly number[]) => picked.reduce((size, axis) => size * shape[axis], 1);
  if (axes) return { fanIn: product(axes.in), fanOut: product(axes.out) };
  const rank = shape.length;
  if (rank < 2) return { fanIn: shape[0] ?? 1, fanOut: shape[0] ?? 1 };
  const window = product(Array.from({ length: rank - 2 }, (_, axis) => axis));
  return { fanIn: shape[rank - 2] * window, fanOut: shape[rank - 1] * window };
}
