import { constant, einsum, gather, mul, type Node, reshape, select } from '@polyneuron/graph';
import type { LayerSpec } from '../../layerSpec.js';
import { fieldsInput } from './fieldsInput.js';
import { onFieldRows } from './onFieldRows.js';

export interface DotInteractionConfig {
  /** Keeps ⟨x[i], x[i]⟩ too. */
  readonly selfInteraction: boolean;
  /** Gives the whole F x F matrix, flat, with zeros where pairs are left out, instead of a list of pairs. */
  readonly skipGather: boolean;
  /** Divides by √D, the standard deviation of ⟨x[i], x[j]⟩ for independent unit-variance fields. */
  readonly isScaled: boolean;
}

/**
 * Inner products of all pairs of fields, the interaction of DLRM.
 *
 * y[ij] = ⟨x[i], x[j]⟩ for j < i, or j <= i with selfInteraction
 *
 * The order is that of DLRM, TFRS and keras-rs, the lower triangle row by row: (1, 0), (2, 0), (2, 1), (3, 0), ... (The
 * learned weights of this family follow `fieldPairs`, the upper triangle.)
 *
 * Shapes   x [B, ..., F, D] → y [B, ..., F(F−1)/2], with selfInteraction F(F+1)/2, with skipGather F²; no parameters
 * Degree   2 in x
 * Cost     2·B·F²·D flops, B·F² floats of scratch
 * Start    isScaled: products of different fields have variance 1 for unit-variance input; ⟨x[i], x[i]⟩ has mean √D and
 *          for normal input variance 2
 * Pitfalls without isScaled the products have variance D; skipGather spends half of the next layer's weights on zeros
 * Throws   ShapeError unless there is one input of rank >= 3, with two fields or more unless selfInteraction keeps one
 * Source   Naumov et al. 2019, Deep Learning Recommendation Model, arXiv 1906.00091, Section 2.1.3; options of TFRS and
 *          keras-rs `DotInteraction`
 *
 * @example
 * // x = [[1, 2], [3, 4], [5, 6]]: [11, 17, 39]
 */
export const dotInteractionSpec: LayerSpec<DotInteractionConfig> = {
  name: 'dotInteraction',
  title: 'Dot interaction',
  formula: 'y[ij] = <x[i], x[j]> for j < i, with selfInteraction j <= i',
  source: 'Naumov et al. 2019, Deep Learning Recommendation Model (DLRM), Section 2.1.3',
  defaults: { selfInteraction: false, skipGather: false, isScaled: false },
  samples: [
    { config: {}, inputShapes: [[4, 3]] },
    { config: { selfInteraction: true, isScaled: true }, inputShapes: [[3, 2]] },
    { config: { skipGather: true }, inputShapes: [[2, 3, 2]] },
    { config: { selfInteraction: true, skipGather: true }, inputShapes: [[2, 1]] },
  ],
  largeSample: { config: { isScaled: true }, batch: 129, inputShapes: [[13, 9]] },
  inputKind: 'fields',
  starts: { calibrated: { isScaled: true } },
  parameterFormula: '0',
  parameterCount: () => 0,
  isSmooth: true,
  degree: () => 2,
  outputShape({ selfInteraction, skipGather }, inputShapes) {
    const { leading, fields } = fieldsInput('dotInteraction', inputShapes, selfInteraction ? 1 : 2);
    const count = (fields * (selfInteraction ? fields + 1 : fields - 1)) / 2;
    return [...leading, skipGather ? fields ** 2 : count];
  },
  parameters: () => [],
  forward({ config, inputs: [x] }) {
    const output = onFieldRows(x, (rows) => {
      const [count, fields] = rows.shape;
      const all = reshape(einsum('rid,rjd->rij', rows, rows), [count, fields ** 2]);
      const kept = lowerTriangle(all, fields, config);
      return config.isScaled ? mul(kept, 1 / Math.sqrt(rows.shape[2])) : kept;
    });
    return { output };
  },
};

function lowerTriangle(all: Node, fields: number, config: DotInteractionConfig): Node {
  const isKept = Array.from({ length: fields ** 2 }, (_, place) => {
    const [i, j] = [Math.floor(place / fields), place % fields];
    return config.selfInteraction ? j <= i : j < i;
  });
  // Selected, not multiplied by 0: infinity stays where it belongs
  if (config.skipGather) return select(constant(isKept.map(Number), [1, fields ** 2], 'bool'), all, 0);
  const places = isKept.flatMap((keep, place) => (keep ? [place] : []));
  return gather(all, constant(places, [places.length], 'int32'), 1);
}
