import { add, einsum, matMul, mul, reshape } from '@polyneuron/graph';
import { type ActivationName, activation } from '../../activations/activations.js';
import { softmax } from '../../activations/softmax.js';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { LayerSpec, ParameterSpec } from '../../layerSpec.js';
import { requireWhole } from '../checks.js';
import { fieldsInput } from './fieldsInput.js';
import { gatherPairs } from './gatherPairs.js';
import { onFieldRows } from './onFieldRows.js';

export interface AfmConfig {
  /** Width A of the attention network. */
  readonly attentionUnits: number;
  /** Of the hidden layer that scores a pair. */
  readonly attentionActivation: ActivationName;
  /** Whether the attention network has a bias. */
  readonly useBias: boolean;
  readonly activation: ActivationName;
  /** Law of all three kernels; null: the calibrated laws. */
  readonly kernelInitializer: InitializerConfig | null;
  readonly biasInitializer: InitializerConfig;
}

/**
 * Attentional factorization machine: a weighted mean of the products of all pairs of fields, with weights that an
 * attention network computes from the products.
 *
 * z[ij] = x[i] ⊙ x[j]
 * a[ij] = softmax over pairs of ⟨h, attentionActivation(z[ij] W + c)⟩
 * y     = activation(⟨p, Σ_{i<j} a[ij] z[ij]⟩)
 *
 * Shapes   x [B, ..., F, D]; attentionKernel W [D, A], attentionBias c [A], attentionVector h [A, 1],
 *          projection p [D, 1] → y [B, ..., 1]
 * Degree   none in x; 2 with fixed attention
 * Cost     ≈ B·F²·D·(A + 2) flops, B·F²·(D + A/2) floats of scratch; D·A + 2·A + D parameters
 * Start    h = 0, so every pair gets the weight 2/(F(F−1)); the mean of F(F−1)/2 uncorrelated products of unit variance
 *          has variance 2/(F(F−1)), and p with variance F(F−1)/(2D) makes it 1. h learns from the first step, W from
 *          the second. With a kernelInitializer all kernels obey it and the law does not hold.
 * Numerics the softmax subtracts its maximum first: no overflow
 * Throws   ShapeError unless there is one input of rank >= 3 with two fields or more; ValueError on attentionUnits below 1
 * Source   Xiao et al. 2017, Attentional Factorization Machines (IJCAI), without its linear part
 *
 * @example
 * // h = 0, p = [1, 1], x = [[1, 2], [3, 4], [5, 6]]: the mean of [3, 8], [5, 12], [15, 24] is [23/3, 44/3]; y = 67/3
 */
export const afmSpec: LayerSpec<AfmConfig> = {
  name: 'afm',
  title: 'Attentional factorization machine',
  formula:
    'y = activation(<p, sum_{i<j} a[ij] x[i] * x[j]>), a = softmax(<h, attentionActivation((x[i] * x[j]) W + c)>)',
  source:
    'Xiao et al. 2017, Attentional Factorization Machines: Learning the Weight of Feature Interactions (IJCAI)',
  defaults: {
    attentionUnits: 4,
    attentionActivation: 'relu',
    useBias: true,
    activation: 'linear',
    kernelInitializer: null,
    biasInitializer: initializers.zeros,
  },
  samples: [
    { config: { attentionUnits: 3, attentionActivation: 'tanh' }, inputShapes: [[4, 2]] },
    { config: {}, inputShapes: [[3, 2]] },
    {
      config: {
        attentionUnits: 1,
        attentionActivation: 'sigmoid',
        useBias: false,
        activation: 'tanh',
        kernelInitializer: initializers.glorotUniform,
      },
      inputShapes: [[2, 3, 1]],
    },
  ],
  largeSample: { config: { attentionActivation: 'tanh' }, batch: 65, inputShapes: [[9, 7]] },
  inputKind: 'fields',
  starts: { calibrated: {} },
  parameterFormula: 'D attentionUnits + 2 attentionUnits + D',
  parameterCount({ attentionUnits, useBias }, inputShapes) {
    const { dimension } = fieldsInput('afm', inputShapes);
    return dimension * attentionUnits + (useBias ? 2 : 1) * attentionUnits + dimension;
  },
  isSmooth: true,
  degree: () => undefined,
  outputShape({ attentionUnits }, inputShapes) {
    requireWhole('afm', 'attentionUnits', attentionUnits, 1);
    return [...fieldsInput('afm', inputShapes, 2).leading, 1];
  },
  parameters({ attentionUnits, useBias, kernelInitializer, biasInitializer }, inputShapes) {
    const { dimension, pairs } = fieldsInput('afm', inputShapes);
    const kernel = (name: string, rows: number, columns: number, law: InitializerConfig): ParameterSpec => ({
      name,
      shape: [rows, columns],
      role: 'kernel',
      initializer: kernelInitializer ?? law,
      fanAxes: { in: [0], out: [1] },
    });
    const bias: ParameterSpec = {
      name: 'attentionBias',
      shape: [attentionUnits],
      role: 'bias',
      initializer: biasInitializer,
    };
    const projectionLaw: InitializerConfig = {
      kind: 'normal',
      mean: 0,
      stddev: Math.sqrt(pairs / dimension),
    };
    return [
      kernel('attentionKernel', dimension, attentionUnits, initializers.lecunNormal),
      ...(useBias ? [bias] : []),
      kernel('attentionVector', attentionUnits, 1, initializers.zeros),
      kernel('projection', dimension, 1, projectionLaw),
    ];
  },
  forward({ config, inputs: [x], parameters: p }) {
    const output = onFieldRows(x, (rows) => {
      const products = mul(...gatherPairs(rows, rows));
      const linear = matMul(products, p.attentionKernel);
      const hidden = activation(config.attentionActivation).apply(
        config.useBias ? add(linear, p.attentionBias) : linear,
      );
      const scores = reshape(matMul(hidden, p.attentionVector), products.shape.slice(0, 2));
      const pooled = einsum('rp,rpd->rd', softmax(scores), products);
      return activation(config.activation).apply(matMul(pooled, p.projection));
    });
    return { output };
  },
};
