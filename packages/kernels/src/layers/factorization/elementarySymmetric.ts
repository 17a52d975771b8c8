import { add, cumsum, mul, type Node, type Shape, ShapeError, stack, sum } from '@polyneuron/graph';
import type { LayerSpec } from '../../layerSpec.js';
import { formatBatched, requireOneOf, requireWhole } from '../checks.js';
import { type FieldsShape, fieldsInput } from './fieldsInput.js';
import { onFieldRows } from './onFieldRows.js';

export interface ElementarySymmetricConfig {
  /** Most fields K in one product. */
  readonly order: number;
  /** 'all': e_1, ..., e_K as K fields. 'sum': e_1 + ... + e_K. */
  readonly output: 'all' | 'sum';
  /** Divides e_k by √(F over k), its standard deviation for independent unit-variance fields, and the sum by √K. */
  readonly isScaled: boolean;
}

/**
 * Elementary symmetric polynomials of the fields, dimension by dimension: the sums of the products of 1, 2, ..., K
 * different fields (the ANOVA kernel with weights 1, the interaction machine).
 *
 * e_k = Σ_{i_1 < ... < i_k} x[i_1] ⊙ ... ⊙ x[i_k]
 *   t_1 = x,   t_k[i] = x[i] ⊙ Σ_{j<i} t_{k−1}[j],   e_k = Σ_i t_k[i]      ← computed form, O(F·D·K)
 *
 * t_k[i] holds the products of k fields of which i is the last. This is the dynamic programme over fields with its
 * inner loop run as a cumulative sum: about 3K operations for any number of fields.
 *
 * Shapes   x [B, ..., F, D] → y [B, ..., K, D], with output 'sum' [B, ..., D]; no parameters
 * Degree   K in x; e_k is affine in each field and symmetric in all
 * Cost     ≈ 3·B·F·D·K flops, B·F·D floats of scratch
 * Start    isScaled: the products of different sets of fields are uncorrelated, so unit-variance input gives
 *          unit-variance output
 * Numerics adds and multiplies only, so positive input has a relative error of about (F + K) roundings; Newton's
 *          identities from sums of powers subtract, and lose all digits when some fields are far larger than others
 * Throws   ShapeError unless there is one input of rank >= 3 with at least K fields; ValueError on order below 1 or an
 *          unknown output
 * Source   Blondel et al. 2016, Higher-Order Factorization Machines (NeurIPS); Yu et al. 2020, Deep
 *          Interaction Machine (CIKM)
 *
 * @example
 * // x = [[1], [2], [3]], order 3: e = [[6], [11], [6]], since (1 + t)(1 + 2t)(1 + 3t) = 1 + 6t + 11t² + 6t³
 */
export const elementarySymmetricSpec: LayerSpec<ElementarySymmetricConfig> = {
  name: 'elementarySymmetric',
  title: 'Elementary symmetric polynomials',
  formula: 'e_k = sum_{i1 < ... < ik} x[i1] * ... * x[ik] for k = 1, ..., order',
  source: 'Blondel et al. 2016, Higher-Order Factorization Machines (NeurIPS)',
  defaults: { output: 'all', isScaled: false },
  required: { order: 'most fields in one product' },
  samples: [
    { config: { order: 3 }, inputShapes: [[4, 2]] },
    { config: { order: 2, output: 'sum', isScaled: true }, inputShapes: [[2, 3, 2]] },
    { config: { order: 1, isScaled: true }, inputShapes: [[1, 1]] },
    { config: { order: 4, output: 'sum' }, inputShapes: [[5, 1]] },
  ],
  largeSample: { config: { order: 3, isScaled: true }, batch: 65, inputShapes: [[7, 65]] },
  inputKind: 'fields',
  starts: { calibrated: { isScaled: true } },
  parameterFormula: '0',
  parameterCount: () => 0,
  isSmooth: true,
  degree: ({ order }) => order,
  outputShape({ order, output }, inputShapes) {
    requireWhole('elementarySymmetric', 'order', order, 1);
    requireOneOf('elementarySymmetric', 'output', output, ['all', 'sum']);
    const { leading, dimension } = requireFields(order, inputShapes);
    return output === 'all' ? [...leading, order, dimension] : [...leading, dimension];
  },
  parameters: () => [],
  forward({ config, inputs: [x] }) {
    const output = onFieldRows(x, (rows) => {
      const sums = symmetricSums(rows, config);
      return config.output === 'all' ? stack(sums, 1) : sums.reduce((total, part) => add(total, part));
    });
    return { output };
  },
};

/** e_1, ..., e_K, each [rows, D]. */
function symmetricSums(rows: Node, { order, output, isScaled }: ElementarySymmetricConfig): Node[] {
  const fields = rows.shape[1];
  const terms = output === 'sum' ? order : 1;
  let products = rows;
  let subsets = 1;
  return Array.from({ length: order }, (_, below) => {
    if (below > 0) products = mul(rows, cumsum(products, 1, { exclusive: true }));
    // F over k from F over k − 1
    subsets = (subsets * (fields - below)) / (below + 1);
    const total = sum(products, 1);
    return isScaled ? mul(total, 1 / Math.sqrt(subsets * terms)) : total;
  });
}

function requireFields(order: number, inputShapes: readonly Shape[]): FieldsShape {
  const shape = fieldsInput('elementarySymmetric', inputShapes);
  if (shape.fields >= order) return shape;
  throw new ShapeError({
    subject: 'elementarySymmetric',
    expected: `at least ${order} fields for order ${order}: no product has more factors than there are fields`,
    received: formatBatched(inputShapes[0]),
    fix: `pass order: ${shape.fields} or less`,
  });
}
