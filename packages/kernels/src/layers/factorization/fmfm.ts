import { add, einsum, matMul, mul, type Node, reshape, sum, transpose } from '@polyneuron/graph';
import type { LayerSpec, ParameterSpec } from '../../layerSpec.js';
import { requireOneOf } from '../checks.js';
import {
  type FieldScoreConfig,
  fieldScore,
  fieldScoreCount,
  fieldScoreDefaults,
  fieldScoreParameters,
  fieldScoreShape,
} from './fieldScore.js';
import { type FieldsShape, fieldsInput } from './fieldsInput.js';
import { onFieldRows } from './onFieldRows.js';
import { pairMatrix } from './pairMatrix.js';

/** What joins two fields: any matrix, W + Wᵀ, or a diagonal matrix given as a vector. */
export type FmfmPairForm = 'matrix' | 'symmetric' | 'vector';

export interface FmfmConfig extends FieldScoreConfig {
  readonly pairForm: FmfmPairForm;
}

type PairSum = {
  /** Of the weights of one pair. */
  readonly shape: (dimension: number) => number[];
  readonly fanAxes: NonNullable<ParameterSpec['fanAxes']>;
  /** Variance of ⟨x[i] W, x[j]⟩ for weights and fields of variance 1. */
  readonly gain: (dimension: number) => number;
  /** Σ_{i<j} ⟨x[i] W[ij], x[j]⟩: fields [rows, F, D], weights [P, ...] → [rows]. */
  readonly sumPairs: (rows: Node, weights: Node) => Node;
};

const forms: { readonly [K in FmfmPairForm]: PairSum } = {
  matrix: {
    shape: (dimension) => [dimension, dimension],
    fanAxes: { in: [1], out: [2] },
    gain: (dimension) => dimension ** 2,
    sumPairs: byMatrix,
  },
  symmetric: {
    shape: (dimension) => [dimension, dimension],
    fanAxes: { in: [1], out: [2] },
    // D(D−1) entries of variance 2 beside the diagonal, D of variance 4 on it
    gain: (dimension) => 2 * dimension * (dimension + 1),
    sumPairs: (rows, weights) => byMatrix(rows, add(weights, transpose(weights, [0, 2, 1]))),
  },
  vector: {
    shape: (dimension) => [dimension],
    fanAxes: { in: [1], out: [] },
    gain: (dimension) => dimension,
    sumPairs: (rows, weights) => {
      const matrix = pairMatrix(weights, rows.shape[1]);
      return sum(mul(einsum('rid,ijd->rjd', rows, matrix), rows), [1, 2]);
    },
  },
};

/**
 * Field-matrixed factorization machine: a bilinear form of its own for every pair of fields.
 *
 * y = activation(b + Σ_i ⟨w[i], x[i]⟩ + Σ_{i<j} ⟨x[i] W[ij], x[j]⟩)
 *   pairs = ⟨x M, x⟩ with x as one vector of F·D and M of blocks W[ij] above its diagonal      ← computed form
 *
 * pairForm 'matrix' W [D, D]; 'symmetric' W + Wᵀ, the field-embedded machine; 'vector' W = diag(w).
 *
 * Shapes   x [B, ..., F, D]; pairWeights [F(F−1)/2, D, D], with 'vector' [F(F−1)/2, D], in the order of `fieldPairs`;
 *          linear [F, D], bias [1] → y [B, ..., 1]
 * Degree   2 in x
 * Cost     ≈ 2·B·(F·D)² flops for matrices, twice those of the pairs alone, but in one product without a gathered copy
 *          of B·F²·D floats; 2·B·F²·D for vectors
 * Start    'calibrated': for independent unit-variance fields the form of W with entries of variance s² has variance
 *          D²·s² ('symmetric' 2D(D+1)·s², 'vector' D·s²), uncorrelated between pairs; s gives the pairs half of the
 *          output's unit variance, all of it without a linear part. 'linear': W = 0, the linear part alone.
 * Pitfalls matrices of F = 26 fields of dimension 16 are 83,200 parameters: 'vector' has 5,200
 * Throws   ShapeError unless there is one input of rank >= 3 with two fields or more; ValueError on an unknown pairForm or
 *          start, or start 'linear' without the linear part
 * Source   Sun et al. 2021, FM²: Field-matrixed Factorization Machines for Recommender Systems (WWW);
 *          'symmetric': Pande 2020, Field-Embedded Factorization Machines, arXiv 2009.09931
 *
 * @example
 * // x = [[1, 2], [3, 4]], W = [[1, 0], [1, 2]], no linear part, no bias: [1, 2] W = [3, 4], ⟨[3, 4], [3, 4]⟩ = 25
 */
export const fmfmSpec: LayerSpec<FmfmConfig> = {
  name: 'fmfm',
  title: 'Field-matrixed factorization machine',
  formula: 'y = activation(b + sum_i <w[i], x[i]> + sum_{i<j} <x[i] W[ij], x[j]>)',
  source: 'Sun et al. 2021, FM²: Field-matrixed Factorization Machines for Recommender Systems (WWW)',
  defaults: { ...fieldScoreDefaults, pairForm: 'matrix' },
  samples: [
    { config: {}, inputShapes: [[3, 2]] },
    { config: { pairForm: 'symmetric', useBias: false, activation: 'tanh' }, inputShapes: [[2, 3]] },
    { config: { pairForm: 'vector', start: 'linear' }, inputShapes: [[2, 3, 2]] },
    { config: { useLinear: false, activation: 'sigmoid' }, inputShapes: [[2, 1]] },
  ],
  largeSample: { config: { activation: 'tanh' }, batch: 17, inputShapes: [[9, 7]] },
  inputKind: 'fields',
  starts: { calibrated: { start: 'calibrated' }, identity: { start: 'linear' } },
  parameterFormula: 'D² F (F - 1) / 2 + F D + 1, with vectors D F (F - 1) / 2 + F D + 1',
  parameterCount(config, inputShapes) {
    const shape = fieldsInput('fmfm', inputShapes);
    const each = config.pairForm === 'vector' ? shape.dimension : shape.dimension ** 2;
    return each * shape.pairs + fieldScoreCount(config, shape);
  },
  isSmooth: true,
  degree: () => 2,
  outputShape(config, inputShapes) {
    requireOneOf('fmfm', 'pairForm', config.pairForm, Object.keys(forms));
    return fieldScoreShape('fmfm', config, inputShapes);
  },
  parameters(config, inputShapes) {
    const shape: FieldsShape = fieldsInput('fmfm', inputShapes);
    const form = forms[config.pairForm];
    return fieldScoreParameters(config, shape, {
      shape: [shape.pairs, ...form.shape(shape.dimension)],
      fanAxes: form.fanAxes,
      gain: shape.pairs * form.gain(shape.dimension),
    });
  },
  forward({ config, inputs: [x], parameters }) {
    const output = onFieldRows(x, (rows) => {
      const [count, fields, dimension] = rows.shape;
      const pairs = forms[config.pairForm].sumPairs(rows, parameters.pairWeights);
      const flat = reshape(rows, [count, fields * dimension]);
      return fieldScore(config, flat, reshape(pairs, [count, 1]), parameters);
    });
    return { output };
  },
};

function byMatrix(rows: Node, weights: Node): Node {
  const [count, fields, dimension] = rows.shape;
  const size = fields * dimension;
  const flat = reshape(rows, [count, size]);
  const blocks = reshape(transpose(pairMatrix(weights, fields), [0, 2, 1, 3]), [size, size]);
  return sum(mul(matMul(flat, blocks), flat), 1);
}
