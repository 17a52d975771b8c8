import { mul, square, sub, sum } from '@polyneuron/graph';
import type { LayerSpec } from '../../layerSpec.js';
import { fieldsInput } from './fieldsInput.js';
import { onFieldRows } from './onFieldRows.js';

export interface BiInteractionConfig {
  /** Divides by √(F(F−1)/2), the standard deviation for independent unit-variance fields. */
  readonly isScaled: boolean;
}

/**
 * Bi-interaction pooling: the sum of the products of all pairs of fields, dimension by dimension.
 *
 * y = Σ_{i<j} x[i] ⊙ x[j]
 *   = ½ ((Σ_i x[i])² − Σ_i x[i]²)      ← computed form, O(F·D)
 *
 * Its sum over D is the factorization machine of the fields; `elementarySymmetric` continues it to products of more.
 *
 * Shapes   x [B, ..., F, D] → y [B, ..., D]; no parameters
 * Degree   2 in x; one field gives 0
 * Cost     ≈ 3·B·F·D flops
 * Start    isScaled: the pairs are uncorrelated, so unit-variance input gives unit-variance output
 * Numerics the two squares cancel when y is small against Σ x[i]²; `elementarySymmetric` adds the products themselves
 * Throws   ShapeError unless there is one input of rank >= 3
 * Source   He and Chua 2017, Neural Factorization Machines (SIGIR)
 *
 * @example
 * // x = [[1, 2], [3, 4], [5, 6]]: [1·3 + 1·5 + 3·5, 2·4 + 2·6 + 4·6] = [23, 44]
 */
export const biInteractionSpec: LayerSpec<BiInteractionConfig> = {
  name: 'biInteraction',
  title: 'Bi-interaction pooling',
  formula: 'y = sum_{i<j} x[i] * x[j] = ((sum_i x[i])^2 - sum_i x[i]^2) / 2',
  source: 'He and Chua 2017, Neural Factorization Machines for Sparse Predictive Analytics (SIGIR)',
  defaults: { isScaled: false },
  samples: [
    { config: {}, inputShapes: [[4, 3]] },
    { config: { isScaled: true }, inputShapes: [[2, 1]] },
    { config: {}, inputShapes: [[2, 3, 2]] },
  ],
  largeSample: { config: { isScaled: true }, batch: 129, inputShapes: [[13, 65]] },
  inputKind: 'fields',
  starts: { calibrated: { isScaled: true } },
  parameterFormula: '0',
  parameterCount: () => 0,
  isSmooth: true,
  degree: () => 2,
  outputShape(_, inputShapes) {
    const { leading, dimension } = fieldsInput('biInteraction', inputShapes);
    return [...leading, dimension];
  },
  parameters: () => [],
  forward({ config, inputs: [x] }) {
    const output = onFieldRows(x, (rows) => {
      const difference = sub(square(sum(rows, 1)), sum(square(rows), 1));
      const pairs = (rows.shape[1] * (rows.shape[1] - 1)) / 2;
      return mul(difference, config.isScaled ? 0.5 / Math.sqrt(Math.max(1, pairs)) : 0.5);
    });
    return { output };
  },
};
