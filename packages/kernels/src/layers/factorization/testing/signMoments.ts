import type { LayerSpec } from '../../../layerSpec.js';
import { runLayer } from '../../testing/runLayer.js';
import { signInputs } from './signInputs.js';

/** Exact second moment of every output of a layer over all inputs of signs, for given parameters. */
export function signMoments<C extends object>(
  spec: LayerSpec<C>,
  config: Partial<C>,
  shape: readonly number[],
  parameters: Readonly<Record<string, ArrayLike<number>>> = {},
): number[] {
  const { batch, values } = signInputs(shape);
  const y = runLayer(spec, { config, batch, inputShapes: [shape], inputs: [values], parameters });
  const outputs = y.length / batch;
  return Array.from({ length: outputs }, (_, output) =>
    y.reduce((total, value, at) => total + (at % outputs === output ? value ** 2 / batch : 0), 0),
  );
}
