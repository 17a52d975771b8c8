import {
  add,
  concat,
  einsum,
  mul,
  type Node,
  reshape,
  sliceAxis,
  sum,
  transpose,
  ValueError,
} from '@polyneuron/graph';
import { type ActivationName, activation } from '../../activations/activations.js';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { LayerSpec, ParameterSpec } from '../../layerSpec.js';
import { requireWhole } from '../checks.js';
import { fieldsInput } from './fieldsInput.js';
import { onFieldRows } from './onFieldRows.js';

export interface CinConfig {
  /** Feature maps of each layer. */
  readonly layerSizes: readonly number[];
  /** Of every layer's feature maps. */
  readonly activation: ActivationName;
  /** The first half of a layer's maps feeds the next layer, the second half the output; the last layer's all do. */
  readonly splitHalf: boolean;
  readonly useBias: boolean;
  /** Divides the sums by √D, their standard deviation at the calibrated start. */
  readonly isScaled: boolean;
  /** Law of every kernel; null: the calibrated law. */
  readonly kernelInitializer: InitializerConfig | null;
  readonly biasInitializer: InitializerConfig;
}

/**
 * Compressed interaction network: layer k has feature maps of degree k + 1, each a weighted sum of the products of all
 * maps before it with all fields, dimension by dimension. The output sums every map over the dimensions.
 *
 * X^k[h] = activation(Σ_{i,j} W^k[i,j,h] X^{k−1}[i] ⊙ x[j] + b^k[h]),   X^0 = x
 * y      = the sums of the rows of X^1, X^2, ... over D, joined
 *
 * Shapes   x [B, ..., F, D]; kernel<k> [H_{k−1}, F, H_k], bias<k> [H_k] from k = 0 on, where H_{k−1} counts the maps that
 *          feed the layer → y [B, ..., maps that feed the output]
 * Degree   number of layers + 1 with a linear activation, else none
 * Cost     ≈ 2·B·D·F·Σ H_{k−1} H_k flops, B·D·F·H floats of scratch; F·Σ H_{k−1} H_k + Σ H_k parameters
 * Start    var W^k = 1/(H_{k−1}(F + 2k)) for the k-th layer, k from 1: with linear activation and independent standard
 *          normal inputs, q = ‖x[:,d]‖²/F has E q^m = Π_{t<m} (F + 2t)/F, X^k has the second moment
 *          Π_{l<=k} (H_{l−1} F var W^l) · E q^{k+1} over kernels and inputs, and that is 1 for every k. The sum over D
 *          has D times the variance; isScaled undoes it. (Maps of the first layer keep a mean: variance 1 − 1/(F + 2).)
 * Numerics degrees add up: tails grow with every layer although the variance does not
 * Pitfalls the first layer sees each product of two different fields twice, as (i, j) and as (j, i)
 * Throws   ShapeError unless there is one input of rank >= 3; ValueError on no layer, sizes below 1, and with splitHalf
 *          odd sizes before the last
 * Source   Lian et al. 2018, xDeepFM, Eq. (6); splitHalf and biases are of its authors' code. The paper found the
 *          linear activation best.
 *
 * @example
 * // one map, kernel of ones, no bias, x = [[1, 2], [3, 4]]: (1 + 3)² + (2 + 4)² = 52
 */
export const cinSpec: LayerSpec<CinConfig> = {
  name: 'cin',
  title: 'Compressed interaction network',
  formula:
    'X^k[h] = activation(sum_{ij} W^k[i,j,h] X^{k-1}[i] * x[j] + b^k[h]), y = sums of all rows of X^1, X^2, ...',
  source: 'Lian et al. 2018, xDeepFM: Combining Explicit and Implicit Feature Interactions (KDD), Eq. (6)',
  defaults: {
    activation: 'linear',
    splitHalf: false,
    useBias: true,
    isScaled: false,
    kernelInitializer: null,
    biasInitializer: initializers.zeros,
  },
  required: { layerSizes: 'feature maps of each layer' },
  samples: [
    { config: { layerSizes: [3] }, inputShapes: [[2, 3]] },
    { config: { layerSizes: [4, 2, 3], splitHalf: true, useBias: false }, inputShapes: [[3, 2]] },
    { config: { layerSizes: [2, 2], activation: 'sigmoid', isScaled: true }, inputShapes: [[2, 3, 2]] },
    { config: { layerSizes: [1, 1], activation: 'relu' }, inputShapes: [[1, 1]] },
  ],
  largeSample: { config: { layerSizes: [6, 5], activation: 'tanh' }, batch: 65, inputShapes: [[7, 5]] },
  inputKind: 'fields',
  starts: { calibrated: { isScaled: true } },
  parameterFormula: 'F sum_k H_{k-1} H_k + sum_k H_k',
  parameterCount(config, inputShapes) {
    const { fields } = fieldsInput('cin', inputShapes);
    return config.layerSizes.reduce(
      (count, size, layer) =>
        count + size * (fields * feeding(config, fields, layer) + (config.useBias ? 1 : 0)),
      0,
    );
  },
  isSmooth: true,
  degree: ({ layerSizes, activation: name }) => (name === 'linear' ? layerSizes.length + 1 : undefined),
  outputShape(config, inputShapes) {
    requireSizes(config);
    const maps = config.layerSizes.reduce((count, _, layer) => count + feedingOutput(config, layer), 0);
    return [...fieldsInput('cin', inputShapes).leading, maps];
  },
  parameters(config, inputShapes) {
    const { fields } = fieldsInput('cin', inputShapes);
    return config.layerSizes.flatMap((size, layer): ParameterSpec[] => {
      const maps = feeding(config, fields, layer);
      const law: InitializerConfig = {
        kind: 'normal',
        mean: 0,
        stddev: 1 / Math.sqrt(maps * (fields + 2 * (layer + 1))),
      };
      const kernel: ParameterSpec = {
        name: `kernel${layer}`,
        shape: [maps, fields, size],
        role: 'kernel',
        initializer: config.kernelInitializer ?? law,
        fanAxes: { in: [0, 1], out: [2] },
      };
      const bias: ParameterSpec = {
        name: `bias${layer}`,
        shape: [size],
        role: 'bias',
        initializer: config.biasInitializer,
      };
      return config.useBias ? [kernel, bias] : [kernel];
    });
  },
  forward({ config, inputs: [x], parameters }) {
    return { output: onFieldRows(x, (rows) => compress(rows, config, parameters)) };
  },
};

/** [rows, F, D] → [rows, maps]; maps stay the last axis throughout, where contractions want them. */
function compress(rows: Node, config: CinConfig, parameters: Readonly<Record<string, Node>>): Node {
  const fields = transpose(rows, [0, 2, 1]);
  const [count, dimension, fieldCount] = fields.shape;
  const others = reshape(fields, [count, dimension, 1, fieldCount]);
  let maps = fields;
  const sums = config.layerSizes.map((size, layer) => {
    const products = mul(reshape(maps, [...maps.shape, 1]), others);
    const linear = einsum('rdij,ijh->rdh', products, parameters[`kernel${layer}`]);
    const all = activation(config.activation).apply(
      config.useBias ? add(linear, parameters[`bias${layer}`]) : linear,
    );
    const shown = feedingOutput(config, layer);
    maps = shown === size ? all : sliceAxis(all, -1, 0, size - shown);
    return sum(shown === size ? all : sliceAxis(all, -1, size - shown, shown), 1);
  });
  const y = concat(sums, -1);
  return config.isScaled ? mul(y, 1 / Math.sqrt(dimension)) : y;
}

/** Maps that feed a layer: the fields, or what the layer before does not split off. */
function feeding({ layerSizes, splitHalf }: CinConfig, fields: number, layer: number): number {
  if (layer === 0) return fields;
  return splitHalf ? layerSizes[layer - 1] / 2 : layerSizes[layer - 1];
}

/** Maps of a layer that feed the output. */
function feedingOutput({ layerSizes, splitHalf }: CinConfig, layer: number): number {
  return splitHalf && layer < layerSizes.length - 1 ? layerSizes[layer] / 2 : layerSizes[layer];
}

function requireSizes({ layerSizes, splitHalf }: CinConfig): void {
  if (!Array.isArray(layerSizes) || layerSizes.length === 0) {
    throw new ValueError({
      subject: 'cin',
      expected: 'layerSizes to list one size or more',
      received: JSON.stringify(layerSizes),
      fix: 'pass for example layerSizes: [128, 128]',
    });
  }
  layerSizes.forEach((size, layer) => {
    requireWhole('cin', `layerSizes[${layer}]`, size, 1);
    if (!splitHalf || layer === layerSizes.length - 1 || size % 2 === 0) return;
    throw new ValueError({
      subject: 'cin',
      expected: `layerSizes[${layer}] to be even with splitHalf, since half of the maps feed the next layer`,
      received: String(size),
      fix: 'pass even sizes before the last, or splitHalf: false',
    });
  });
}
