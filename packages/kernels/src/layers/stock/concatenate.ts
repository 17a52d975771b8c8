import { concat, type Shape, ShapeError } from '@polyneuron/graph';
import type { LayerSpec } from '../../layerSpec.js';
import { formatBatched, severalInputs } from '../checks.js';

export interface ConcatenateConfig {
  /** Counted with the batch axis; negative from the end. */
  readonly axis: number;
}

/**
 * Inputs joined along one axis.
 *
 * Shapes   x_i [B, ...] that differ on `axis` only → y with the sum of their extents there
 * Degree   1 in the inputs
 * Throws   ShapeError unless there are two or more inputs that differ on `axis` only, which is not the batch axis
 */
export const concatenateSpec: LayerSpec<ConcatenateConfig> = {
  name: 'concatenate',
  title: 'Concatenate',
  formula: 'y = [x_1, x_2, ...]',
  source: 'Keras Concatenate',
  defaults: { axis: -1 },
  samples: [
    { config: {}, inputShapes: [[2], [1]] },
    {
      config: { axis: 1 },
      inputShapes: [
        [2, 3],
        [1, 3],
        [2, 3],
      ],
    },
  ],
  largeSample: { config: {}, batch: 65, inputShapes: [[129], [17]] },
  inputKind: 'sample',
  parameterFormula: '0',
  parameterCount: () => 0,
  isSmooth: true,
  degree: () => 1,
  outputShape({ axis }, inputShapes) {
    const [first] = severalInputs('concatenate', inputShapes);
    const at = sampleAxis(axis, first.length);
    const isAligned = inputShapes.every((shape) =>
      shape.every((extent, i) => i === at || extent === first[i]),
    );
    if (at >= 0 && at < first.length && isAligned)
      return first.map((extent, i) => (i === at ? total(inputShapes, at) : extent));
    throw new ShapeError({
      subject: 'concatenate',
      expected: `inputs that differ on axis ${axis} only, an axis other than the batch`,
      received: inputShapes.map(formatBatched).join(' and '),
      fix: 'choose the axis on which the inputs differ, or reshape them',
    });
  },
  parameters: () => [],
  forward: ({ config, inputs }) => ({ output: concat(inputs, config.axis) }),
};

/** The axis of one sample that `axis` of the batch means; out of range, and for the batch axis, it is -1 or too large. */
function sampleAxis(axis: number, sampleRank: number): number {
  return axis < 0 ? Math.max(-1, axis + sampleRank) : axis - 1;
}

function total(inputShapes: readonly Shape[], axis: number): number {
  return inputShapes.reduce((sum, shape) => sum + shape[axis], 0);
}
