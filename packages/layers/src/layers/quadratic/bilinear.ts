import { type BilinearConfig, bilinearSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Bilinear form of two inputs: y_k = activation(xᵀ W_k z + b_k).
 *
 * Shapes   x [B, ..., n], z [B, ..., m] → y [B, ..., units]
 * Record   `bilinearSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * const y = bilinear({ units: 8 }).apply([x, z]);
 */
export class Bilinear extends SpecLayer<BilinearConfig> {
  static readonly className = 'Bilinear';
  static readonly spec = bilinearSpec;

  constructor(options: LayerArguments<BilinearConfig, 'units'>) {
    super(Bilinear.spec, options);
  }
}

export function bilinear(options: LayerArguments<BilinearConfig, 'units'>): Bilinear {
  return new Bilinear(options);
}
