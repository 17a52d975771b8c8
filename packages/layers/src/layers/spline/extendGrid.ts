import { extendSplineGrid } from '@polyneuron/kernels';
import { curvesOf, writeCurves } from './curvesOf.js';
import { SplineKan } from './splineKan.js';

/**
 * A new built layer with a finer grid and the same outputs, to go on training in place of `layer`.
 *
 * Every old knot stays and new ones part the widest intervals, so the same functions can be drawn exactly: outputs agree
 * to roundings, inside the grid and outside. Name, options and all other weights are those of `layer`, which stays as it is.
 *
 * Throws   ValueError before the layer is built, or on a gridSize below its own
 *
 * @example
 * const finer = tf.sequential({ layers: [extendGrid(first, 10), extendGrid(second, 10)] });
 */
export function extendGrid(layer: SplineKan, gridSize: number): SplineKan {
  const curves = curvesOf('extendGrid', layer);
  const finer = extendSplineGrid(curves, gridSize);
  const next = new SplineKan({ ...layer.getConfig(), gridSize } as never);
  next.build([null, curves.features]);
  for (const [at, { spec, variable }] of layer.parameters.entries())
    if (spec.name !== 'grid' && spec.name !== 'splineKernel')
      next.parameters[at].variable.write(variable.read());
  writeCurves(next, finer);
  return next;
}
