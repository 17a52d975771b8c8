import { formatShape, ShapeError } from '@polyneuron/graph';
import { type UpdateSplineGridOptions, updateSplineGrid } from '@polyneuron/kernels';
import type { Tensor } from '@tensorflow/tfjs-core';
import { curvesOf, writeCurves } from './curvesOf.js';
import type { SplineKan } from './splineKan.js';

/**
 * Moves the grid of every feature of a built layer to the inputs `x`, and refits its splines so that the outputs on x stay
 * as they were, as closely as the moved grid can draw them. Never fails for want of data: see `updateSplineGrid` of
 * @polyneuron/kernels.
 *
 * Weights keep their variables: an optimizer goes on, though the slots it has are those of the old coefficients.
 *
 * Shapes   x [..., n], the inputs of this layer, not of its model
 * Throws   ValueError before the layer is built, on x that is not finite, on options out of range; ShapeError unless the
 *          last axis of x has the n features of the layer
 *
 * @example
 * const hidden = tf.model({ inputs: model.inputs, outputs: layer.input });
 * updateGrid(layer, hidden.predict(data));
 */
export function updateGrid(layer: SplineKan, x: Tensor, options: UpdateSplineGridOptions = {}): void {
  const curves = curvesOf('updateGrid', layer);
  if (x.shape.at(-1) !== curves.features) {
    throw new ShapeError({
      subject: 'updateGrid',
      expected: `the last axis of x to be ${curves.features}, the features of ${layer.name}`,
      received: formatShape(x.shape),
      fix: 'pass what the layer itself gets, for example from tf.model({ inputs: model.inputs, outputs: layer.input })',
    });
  }
  writeCurves(layer, updateSplineGrid(curves, x.dataSync(), options));
}
