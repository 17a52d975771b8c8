import { type RbfKanConfig, rbfKanSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Kolmogorov-Arnold layer of Gaussian bells: y_o = Σ_i base(x_i) W_io + Σ_ij c_ijo exp(-((z_i - g_j) / h)²) + b_o, where z
 * is the layer normalisation of x.
 *
 * Shapes   x [B, ..., n] → y [B, ..., units]
 * Record   `rbfKanSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * model.add(rbfKan({ units: 64 }));
 */
export class RbfKan extends SpecLayer<RbfKanConfig> {
  static readonly className = 'RbfKan';
  static readonly spec = rbfKanSpec;

  constructor(options: LayerArguments<RbfKanConfig, 'units'>) {
    super(RbfKan.spec, options);
  }
}

export function rbfKan(options: LayerArguments<RbfKanConfig, 'units'>): RbfKan {
  return new RbfKan(options);
}
