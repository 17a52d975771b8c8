import { type HyperDenseConfig, hyperDenseSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Dense layer, or with `taskHiddenUnits` a whole dense network, whose weights another network computes per sample.
 *
 * Shapes   x [B, ..., n], or [x, z] with z [B, ..., m] → y [B, ..., units]
 * Record   `hyperDenseSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * hyperDense({ units: 1, taskHiddenUnits: [5], hiddenUnits: 10 }).apply(x); // 326 parameters for x [B, 3]
 */
export class HyperDense extends SpecLayer<HyperDenseConfig> {
  static readonly className = 'HyperDense';
  static readonly spec = hyperDenseSpec;

  constructor(options: LayerArguments<HyperDenseConfig, 'units'>) {
    super(HyperDense.spec, options);
  }
}

export function hyperDense(options: LayerArguments<HyperDenseConfig, 'units'>): HyperDense {
  return new HyperDense(options);
}
