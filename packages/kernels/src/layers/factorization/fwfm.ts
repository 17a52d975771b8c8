import { einsum, mul, reshape, sum } from '@polyneuron/graph';
import type { LayerSpec } from '../../layerSpec.js';
import {
  type FieldScoreConfig,
  fieldScore,
  fieldScoreCount,
  fieldScoreDefaults,
  fieldScoreParameters,
  fieldScoreShape,
} from './fieldScore.js';
import { fieldsInput } from './fieldsInput.js';
import { onFieldRows } from './onFieldRows.js';
import { pairMatrix } from './pairMatrix.js';

export interface FwfmConfig extends FieldScoreConfig {}

/**
 * Field-weighted factorization machine: inner products of all pairs of fields, each with a weight of its own.
 *
 * y = activation(b + Σ_i ⟨w[i], x[i]⟩ + Σ_{i<j} r[ij] ⟨x[i], x[j]⟩)
 *   pairs = Σ_j ⟨Σ_i R[i,j] x[i], x[j]⟩,  R the strictly upper triangular matrix of r      ← computed form
 *
 * Shapes   x [B, ..., F, D]; pairWeights [F(F−1)/2] in the order of `fieldPairs`, linear [F, D], bias [1]
 *          → y [B, ..., 1]
 * Degree   2 in x
 * Cost     ≈ 2·B·F²·D flops, B·F·D floats of scratch; F(F−1)/2 + F·D + 1 parameters
 * Start    'calibrated': independent unit-variance fields give ⟨x[i], x[j]⟩ variance D, uncorrelated between pairs; r
 *          with variance 1/(F(F−1)·D) and w with 1/(2·F·D) give half of the output's unit variance each (all of it to
 *          the pairs without a linear part). 'linear': r = 0, the linear part alone; r learns from the first step.
 * Throws   ShapeError unless there is one input of rank >= 3 with two fields or more; ValueError on an unknown start, or
 *          'linear' without the linear part
 * Source   Pan et al. 2018, Field-weighted Factorization Machines for Click-Through Rate Prediction in Display
 *          Advertising (WWW); the linear part is its FiLV, a weight vector per field
 *
 * @example
 * // x = [[1, 2], [3, 4]], r = [2], no linear part, no bias: 2 (1·3 + 2·4) = 22
 */
export const fwfmSpec: LayerSpec<FwfmConfig> = {
  name: 'fwfm',
  title: 'Field-weighted factorization machine',
  formula: 'y = activation(b + sum_i <w[i], x[i]> + sum_{i<j} r[ij] <x[i], x[j]>)',
  source:
    'Pan et al. 2018, Field-weighted Factorization Machines for Click-Through Rate Prediction in Display Advertising (WWW)',
  defaults: fieldScoreDefaults,
  samples: [
    { config: {}, inputShapes: [[4, 3]] },
    { config: { useLinear: false, useBias: false, activation: 'sigmoid' }, inputShapes: [[2, 1]] },
    { config: { start: 'linear', activation: 'tanh' }, inputShapes: [[2, 3, 2]] },
  ],
  largeSample: { config: {}, batch: 65, inputShapes: [[13, 9]] },
  inputKind: 'fields',
  starts: { calibrated: { start: 'calibrated' }, identity: { start: 'linear' } },
  parameterFormula: 'F (F - 1) / 2 + F D + 1',
  parameterCount(config, inputShapes) {
    const shape = fieldsInput('fwfm', inputShapes);
    return shape.pairs + fieldScoreCount(config, shape);
  },
  isSmooth: true,
  degree: () => 2,
  outputShape: (config, inputShapes) => fieldScoreShape('fwfm', config, inputShapes),
  parameters(config, inputShapes) {
    const shape = fieldsInput('fwfm', inputShapes);
    return fieldScoreParameters(config, shape, {
      shape: [shape.pairs],
      fanAxes: { in: [0], out: [] },
      gain: shape.pairs * shape.dimension,
    });
  },
  forward({ config, inputs: [x], parameters }) {
    const output = onFieldRows(x, (rows) => {
      const [count, fields, dimension] = rows.shape;
      const weighted = einsum('rid,ij->rjd', rows, pairMatrix(parameters.pairWeights, fields));
      const pairs = sum(mul(weighted, rows), [1, 2]);
      const flat = reshape(rows, [count, fields * dimension]);
      return fieldScore(config, flat, reshape(pairs, [count, 1]), parameters);
    });
    return { output };
  },
};
