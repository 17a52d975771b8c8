/** @file Pooling of images over windows, channels last. */
import {
  constant,
  div,
  mean,
  type Node,
  pad,
  patches,
  reduceMax,
  sum,
  type Window2d,
} from '@polyneuron/graph';
import type { LayerSpec } from '../../layerSpec.js';
import { imageInput } from '../checks.js';
import { type Extent2d, type Padding, requireWindow, windowGrid, windowsOf } from './windows.js';

export interface Pooling2dConfig {
  readonly poolSize: Extent2d;
  /** null: poolSize, windows side by side. */
  readonly strides: Extent2d | null;
  readonly padding: Padding;
}

const defaults: Pooling2dConfig = { poolSize: 2, strides: null, padding: 'valid' };

function windowConfig({ poolSize, strides, padding }: Pooling2dConfig) {
  return { window: poolSize, strides: strides ?? poolSize, dilations: 1, padding };
}

type PoolingRecord = Pick<
  LayerSpec<Pooling2dConfig>,
  'name' | 'title' | 'formula' | 'source' | 'isSmooth' | 'degree'
>;

function poolingSpec(
  record: PoolingRecord,
  pool: (x: Node, windows: Window2d) => Node,
): LayerSpec<Pooling2dConfig> {
  return {
    ...record,
    defaults,
    samples: [
      { config: {}, inputShapes: [[4, 4, 2]] },
      { config: { poolSize: [3, 2], strides: 2, padding: 'same' }, inputShapes: [[4, 3, 1]] },
      { config: { poolSize: 1 }, inputShapes: [[1, 1, 1]] },
    ],
    largeSample: {
      config: { poolSize: 3, strides: 2, padding: 'same' },
      batch: 5,
      inputShapes: [[32, 33, 9]],
    },
    inputKind: 'image',
    parameterFormula: '0',
    parameterCount: () => 0,
    outputShape(config, inputShapes) {
      const { poolSize, strides, padding } = config;
      requireWindow(record.name, { poolSize, strides: strides ?? poolSize }, padding);
      const [height, width, channels] = imageInput(record.name, inputShapes);
      return [...windowGrid(record.name, windowConfig(config), height, width), channels];
    },
    parameters: () => [],
    forward: ({ config, inputs: [x] }) => ({
      output: pool(x, windowsOf(windowConfig(config), x.shape[1], x.shape[2])),
    }),
  };
}

/** The most negative float32: it never wins against a number, and unlike -Infinity it makes 0 in a product with 0. */
const lowest = -3.4028234663852886e38;

/**
 * Largest element of each window and channel.
 *
 * y[b,r,c,k] = max_{i,j} x[b, r·s + i, c·s + j, k]
 *
 * Shapes   x [B, H, W, C] → y [B, OH, OW, C], extents as in `conv2d`
 * Numerics padding never wins, except against -Infinity. Equal maxima share the derivative; tfjs gives it to the first.
 * Throws   ShapeError unless there is one input [B, H, W, C] that holds a window; ValueError on sizes below 1
 * Source   Ranzato et al. 2007; options of Keras MaxPooling2D
 */
export const maxPool2dSpec: LayerSpec<Pooling2dConfig> = poolingSpec(
  {
    name: 'maxPool2d',
    title: 'Max pooling 2D',
    formula: 'y[b,r,c,k] = max_ij x[b,r s+i,c s+j,k]',
    source: 'Ranzato et al. 2007, Unsupervised Learning of Invariant Feature Hierarchies',
    isSmooth: false,
    degree: () => undefined,
  },
  (x, { window, padding: [rows, columns], ...options }) => {
    const isPadded = [...rows, ...columns].some((count) => count > 0);
    const padded = isPadded ? pad(x, [0, rows[0], columns[0], 0], [0, rows[1], columns[1], 0], lowest) : x;
    return reduceMax(
      patches(padded, window, { strides: options.strides, dilations: options.dilations }),
      [3, 4],
    );
  },
);

/**
 * Mean of each window and channel; padding counts neither as value nor as element.
 *
 * y[b,r,c,k] = mean_{i,j inside} x[b, r·s + i, c·s + j, k]
 *
 * Shapes   x [B, H, W, C] → y [B, OH, OW, C], extents as in `conv2d`
 * Degree   1 in x
 * Throws   ShapeError unless there is one input [B, H, W, C] that holds a window; ValueError on sizes below 1
 * Source   LeCun et al. 1998; options of Keras AveragePooling2D
 */
export const averagePool2dSpec: LayerSpec<Pooling2dConfig> = poolingSpec(
  {
    name: 'averagePool2d',
    title: 'Average pooling 2D',
    formula: 'y[b,r,c,k] = mean_ij x[b,r s+i,c s+j,k]',
    source: 'LeCun et al. 1998, Gradient-Based Learning Applied to Document Recognition',
    isSmooth: true,
    degree: () => 1,
  },
  (x, { window, ...options }) => {
    const total = sum(patches(x, window, options), [3, 4]);
    const inside = patches(constant(1, [1, x.shape[1], x.shape[2], 1]), window, options);
    return div(total, sum(inside, [3, 4]));
  },
);

/**
 * Mean of each channel over the whole image.
 *
 * y[b,k] = mean_{r,c} x[b,r,c,k]
 *
 * Shapes   x [B, H, W, C] → y [B, C]
 * Degree   1 in x
 * Throws   ShapeError unless there is one input [B, H, W, C]
 * Source   Lin, Chen and Yan 2013, Network in Network
 */
export const globalAveragePool2dSpec: LayerSpec<Readonly<Record<never, never>>> = {
  name: 'globalAveragePool2d',
  title: 'Global average pooling 2D',
  formula: 'y[b,k] = mean_rc x[b,r,c,k]',
  source: 'Lin, Chen and Yan 2013, Network in Network',
  defaults: {},
  samples: [{ config: {}, inputShapes: [[2, 3, 2]] }],
  largeSample: { config: {}, batch: 5, inputShapes: [[32, 33, 9]] },
  inputKind: 'image',
  parameterFormula: '0',
  parameterCount: () => 0,
  isSmooth: true,
  degree: () => 1,
  outputShape: (_, inputShapes) => [imageInput('globalAveragePool2d', inputShapes)[2]],
  parameters: () => [],
  forward: ({ inputs: [x] }) => ({ output: mean(x, [1, 2]) }),
};
