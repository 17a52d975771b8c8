import { div, exp, reduceMax, ShapeError, stopGradient, sub, sum } from '@polyneuron/graph';
import type { LayerSpec } from '../../layerSpec.js';
import { formatBatched, singleInput } from '../checks.js';

export interface SoftmaxConfig {
  /** Axis of the distribution, counted with the batch axis; negative from the end. */
  readonly axis: number;
}

/**
 * Softmax along one axis.
 *
 * y = e^(x - max x) / Σ e^(x - max x)
 *
 * Shapes   x [B, ...] → y of the shape of x; sums to 1 along `axis`
 * Numerics the maximum is subtracted first, so no finite x overflows; it cancels, so its derivative is left out
 * Throws   ShapeError unless there is one input of rank >= 2 that has the axis, which is not the batch axis
 * Source   Bridle 1990; Keras Softmax
 */
export const softmaxSpec: LayerSpec<SoftmaxConfig> = {
  name: 'softmax',
  title: 'Softmax',
  formula: 'y_i = exp(x_i) / sum_j exp(x_j)',
  source: 'Bridle 1990, Probabilistic Interpretation of Feedforward Classification Network Outputs',
  defaults: { axis: -1 },
  samples: [
    { config: {}, inputShapes: [[4]] },
    { config: { axis: 1 }, inputShapes: [[3, 2]] },
    { config: {}, inputShapes: [[1]] },
  ],
  largeSample: { config: {}, batch: 65, inputShapes: [[129]] },
  inputKind: 'features',
  parameterFormula: '0',
  parameterCount: () => 0,
  isSmooth: true,
  degree: () => undefined,
  outputShape({ axis }, inputShapes) {
    const shape = singleInput('softmax', inputShapes);
    const rank = shape.length + 1;
    if (Number.isInteger(axis) && axis !== 0 && axis > -rank && axis < rank) return shape;
    throw new ShapeError({
      subject: 'softmax',
      expected: `axis from 1 to ${rank - 1}, or from -1 to ${1 - rank}`,
      received: `axis ${axis} of ${formatBatched(shape)}`,
      fix: 'axis 0 is the batch; -1 is the last axis',
    });
  },
  parameters: () => [],
  forward({ config: { axis }, inputs: [x] }) {
    const e = exp(sub(x, stopGradient(reduceMax(x, axis, { keepDims: true }))));
    return { output: div(e, sum(e, axis, { keepDims: true })) };
  },
};
