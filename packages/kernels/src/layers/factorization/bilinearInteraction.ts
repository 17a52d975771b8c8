import { constant, einsum, gather, matMul, mul, type Node, reshape, sliceAxis, sum } from '@polyneuron/graph';
import type { InitializerConfig } from '../../initializers/initializer.js';
import type { LayerSpec } from '../../layerSpec.js';
import { requireOneOf } from '../checks.js';
import { fieldPairs } from './fieldPairs.js';
import { type FieldsShape, fieldsInput } from './fieldsInput.js';
import { gatherPairs } from './gatherPairs.js';
import { onFieldRows } from './onFieldRows.js';

/** Which pairs share a matrix: all, those of one left field, none. */
export type BilinearType = 'all' | 'each' | 'interaction';
export type BilinearProduct = 'hadamard' | 'inner';

export interface BilinearInteractionConfig {
  readonly type: BilinearType;
  /** Elementwise, or summed to one number per pair. */
  readonly product: BilinearProduct;
  /** Law of the matrices, each with fans of its own; null: the calibrated law. */
  readonly kernelInitializer: InitializerConfig | null;
}

type Sharing = {
  readonly matrices: (shape: FieldsShape) => number;
  /** Left members x[i] W of all pairs: fields [rows, F, D], kernel [matrices, D, D] → [rows, P, D]. */
  readonly mapLeft: (rows: Node, kernel: Node) => Node;
  /** The same per field [rows, F − 1, D], where pairs of one left field share it. */
  readonly mapFields?: (rows: Node, kernel: Node) => Node;
};

const toPairs = (fields: Node, rows: Node): Node => gatherPairs(fields, rows)[0];

const sharings: { readonly [K in BilinearType]: Sharing } = {
  all: {
    matrices: () => 1,
    mapLeft: (rows, kernel) => toPairs(shared(rows, kernel), rows),
    mapFields: shared,
  },
  each: {
    matrices: ({ fields }) => fields - 1,
    mapLeft: (rows, kernel) => toPairs(each(rows, kernel), rows),
    mapFields: each,
  },
  interaction: {
    matrices: ({ pairs }) => pairs,
    mapLeft: (rows, kernel) => einsum('rpd,pde->rpe', toPairs(rows, rows), kernel),
  },
};

/**
 * Bilinear interaction of all pairs of fields: the left field is mapped by a matrix, then multiplied with the right one.
 *
 * y[ij] = (x[i] W) ⊙ x[j]   'hadamard',     y[ij] = ⟨x[i] W, x[j]⟩   'inner',     i < j
 *
 * W is one for all pairs ('all'), one per left field ('each', F − 1 of them: the last field is never left), or one per
 * pair ('interaction'). 'inner' sums to `fmfm` without its linear part; W = 1 gives plain products.
 *
 * Shapes   x [B, ..., F, D]; kernel [1, F − 1 or P, D, D], P = F(F−1)/2 → y [B, ..., P, D], with 'inner' [B, ..., P],
 *          pairs in the order of `fieldPairs`
 * Degree   2 in x
 * Cost     2·B·F·D² flops to map, for 'interaction' B·F²·D²; then B·F²·D
 * Start    entries of W have variance 1/D for 'hadamard' and 1/D² for 'inner': each output of independent unit-variance
 *          fields then has variance 1. kernelInitializer { kind: 'identity', gain: 1 } starts as plain products of
 *          variance 1, or D for 'inner'.
 * Pitfalls libraries give a stack of matrices one fan for all, which starts them too small; here each has its own
 * Throws   ShapeError unless there is one input of rank >= 3 with two fields or more; ValueError on an unknown type or
 *          product
 * Source   Huang, Zhang and Zhang 2019, FiBiNET (RecSys), the bilinear-interaction layer
 *
 * @example
 * // x = [[1, 2], [3, 4]], W = [[1, 0], [1, 2]]: [1, 2] W = [3, 4], so [[9, 16]], 'inner' [25]
 */
export const bilinearInteractionSpec: LayerSpec<BilinearInteractionConfig> = {
  name: 'bilinearInteraction',
  title: 'Bilinear interaction',
  formula: "y[ij] = (x[i] W) * x[j] for i < j; 'inner': <x[i] W, x[j]>",
  source:
    'Huang, Zhang and Zhang 2019, FiBiNET: Combining Feature Importance and Bilinear feature Interaction (RecSys)',
  defaults: { type: 'interaction', product: 'hadamard', kernelInitializer: null },
  samples: [
    { config: {}, inputShapes: [[3, 2]] },
    { config: { type: 'all' }, inputShapes: [[2, 3, 2]] },
    { config: { type: 'each' }, inputShapes: [[4, 2]] },
    { config: { type: 'interaction', product: 'inner' }, inputShapes: [[2, 3, 1]] },
    { config: { type: 'all', product: 'inner' }, inputShapes: [[3, 3]] },
    { config: { type: 'each', product: 'inner' }, inputShapes: [[2, 2]] },
  ],
  largeSample: { config: {}, batch: 33, inputShapes: [[9, 11]] },
  inputKind: 'fields',
  starts: { calibrated: {} },
  parameterFormula: "D², (F - 1) D² or F (F - 1) / 2 D² for 'all', 'each', 'interaction'",
  parameterCount({ type }, inputShapes) {
    const { fields, dimension } = fieldsInput('bilinearInteraction', inputShapes);
    const matrices = { all: 1, each: fields - 1, interaction: (fields * (fields - 1)) / 2 }[type];
    return matrices * dimension ** 2;
  },
  isSmooth: true,
  degree: () => 2,
  outputShape({ type, product }, inputShapes) {
    requireOneOf('bilinearInteraction', 'type', type, Object.keys(sharings));
    requireOneOf('bilinearInteraction', 'product', product, ['hadamard', 'inner']);
    const { leading, pairs, dimension } = fieldsInput('bilinearInteraction', inputShapes, 2);
    return product === 'inner' ? [...leading, pairs] : [...leading, pairs, dimension];
  },
  parameters({ type, product, kernelInitializer }, inputShapes) {
    const shape = fieldsInput('bilinearInteraction', inputShapes);
    const { dimension } = shape;
    const stddev = product === 'inner' ? 1 / dimension : 1 / Math.sqrt(dimension);
    return [
      {
        name: 'kernel',
        shape: [sharings[type].matrices(shape), dimension, dimension],
        role: 'kernel',
        initializer: kernelInitializer ?? { kind: 'normal', mean: 0, stddev },
        fanAxes: { in: [1], out: [2] },
      },
    ];
  },
  forward({ config: { type, product }, inputs: [x], parameters: { kernel } }) {
    const { mapLeft, mapFields } = sharings[type];
    const output = onFieldRows(x, (rows) => {
      if (product === 'inner' && mapFields) return innerProducts(mapFields(rows, kernel), rows);
      const products = mul(mapLeft(rows, kernel), gatherPairs(rows, rows)[1]);
      return product === 'inner' ? sum(products, 2) : products;
    });
    return { output };
  },
};

/** x[i] W for all fields but the last, which is never left. */
function shared(rows: Node, kernel: Node): Node {
  return matMul(leftFields(rows), reshape(kernel, kernel.shape.slice(1)));
}

function each(rows: Node, kernel: Node): Node {
  return einsum('rid,ide->rie', leftFields(rows), kernel);
}

function leftFields(rows: Node): Node {
  return sliceAxis(rows, 1, 0, rows.shape[1] - 1);
}

/** ⟨left[i], rows[j]⟩ of all pairs from one product of matrices, without a copy of the vectors of every pair. */
function innerProducts(left: Node, rows: Node): Node {
  const [count, fields] = rows.shape;
  const all = reshape(einsum('rid,rjd->rij', left, rows), [count, (fields - 1) * fields]);
  const places = fieldPairs(fields).map(([i, j]) => i * fields + j);
  return gather(all, constant(places, [places.length], 'int32'), 1);
}
