import { constant, gather, mul, type Node, reshape, type Shape, ShapeError, sum } from '@polyneuron/graph';
import type { LayerSpec } from '../../layerSpec.js';
import { formatBatched } from '../checks.js';
import { fieldPairs } from './fieldPairs.js';
import { type FieldsShape, fieldsInput } from './fieldsInput.js';
import { onFieldRows } from './onFieldRows.js';

export interface FfmConfig {
  /** Divides by √(k F(F−1)/2), the standard deviation for independent unit-variance vectors. */
  readonly isScaled: boolean;
}

/**
 * Field-aware factorization machine on embeddings: every field has one vector per other field, and a pair multiplies
 * the two vectors that are meant for each other.
 *
 * y = Σ_{i<j} ⟨v[i, j], v[j, i]⟩
 *
 * The last axis holds the F − 1 vectors of a field one after the other, for the other fields in ascending order: of
 * field i, v[i, j] is vector j for j < i and vector j − 1 for j > i. An embedding of dimension (F − 1)·k per field makes
 * such an input.
 *
 * Shapes   x [B, ..., F, (F−1)·k] → y [B, ..., 1]; no parameters
 * Degree   2 in x; affine in each vector alone
 * Cost     B·F(F−1)·k flops; two gathered copies of half the input
 * Start    isScaled: pairs are uncorrelated and of variance k, so unit-variance input gives unit-variance output
 * Throws   ShapeError unless there is one input of rank >= 3 with F >= 2 fields, whose dimension is a multiple of F − 1
 * Source   Juan, Zhuang, Chin and Lin 2016, Field-aware Factorization Machines for CTR Prediction (RecSys)
 *
 * @example
 * // F = 3, k = 1, x = [[1, 2], [3, 4], [5, 6]]: v01·v10 + v02·v20 + v12·v21 = 1·3 + 2·5 + 4·6 = 37
 */
export const ffmSpec: LayerSpec<FfmConfig> = {
  name: 'ffm',
  title: 'Field-aware factorization machine',
  formula: 'y = sum_{i<j} <v[i, j], v[j, i]>',
  source: 'Juan et al. 2016, Field-aware Factorization Machines for CTR Prediction (RecSys)',
  defaults: { isScaled: false },
  samples: [
    { config: {}, inputShapes: [[3, 4]] },
    { config: { isScaled: true }, inputShapes: [[2, 1]] },
    { config: {}, inputShapes: [[2, 4, 3]] },
  ],
  largeSample: { config: { isScaled: true }, batch: 129, inputShapes: [[9, 64]] },
  inputKind: 'fields',
  starts: { calibrated: { isScaled: true } },
  parameterFormula: '0',
  parameterCount: () => 0,
  isSmooth: true,
  degree: () => 2,
  outputShape: (_, inputShapes) => [...fieldAwareInput(inputShapes).leading, 1],
  parameters: () => [],
  forward({ config, inputs: [x] }) {
    const output = onFieldRows(x, (rows) => {
      const [count, fields, dimension] = rows.shape;
      const length = dimension / (fields - 1);
      const vectors = reshape(rows, [count, fields * (fields - 1), length]);
      const pairs = fieldPairs(fields);
      const first = takeVectors(
        vectors,
        pairs.map(([i, j]) => i * (fields - 1) + j - 1),
      );
      const second = takeVectors(
        vectors,
        pairs.map(([i, j]) => j * (fields - 1) + i),
      );
      const y = reshape(sum(mul(first, second), [1, 2]), [count, 1]);
      return config.isScaled ? mul(y, 1 / Math.sqrt(pairs.length * length)) : y;
    });
    return { output };
  },
};

function takeVectors(vectors: Node, places: readonly number[]): Node {
  return gather(vectors, constant(places, [places.length], 'int32'), 1);
}

function fieldAwareInput(inputShapes: readonly Shape[]): FieldsShape {
  const shape = fieldsInput('ffm', inputShapes, 2);
  if (shape.dimension % (shape.fields - 1) === 0) return shape;
  throw new ShapeError({
    subject: 'ffm',
    expected: `a last axis that is a multiple of ${shape.fields - 1}, one vector for each other field`,
    received: formatBatched(inputShapes[0]),
    fix: `embed each of the ${shape.fields} fields with dimension ${shape.fields - 1}·k`,
  });
}
