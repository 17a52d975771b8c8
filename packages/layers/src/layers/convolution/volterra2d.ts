import { type Volterra2dConfig, volterra2dSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Volterra convolution: y = activation(b + Σ_i w_i x_i + Σ_{i<=j} w_ij x_i x_j) for every window x.
 *
 * Shapes   x [B, H, W, C] → y [B, OH, OW, filters]
 * Record   `volterra2dSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * model.add(volterra2d({ filters: 8, kernelSize: 3, rank: 2 }));
 */
export class Volterra2d extends SpecLayer<Volterra2dConfig> {
  static readonly className = 'Volterra2d';
  static readonly spec = volterra2dSpec;

  constructor(options: LayerArguments<Volterra2dConfig, 'filters' | 'kernelSize'>) {
    super(Volterra2d.spec, options);
  }
}

export function volterra2d(options: LayerArguments<Volterra2dConfig, 'filters' | 'kernelSize'>): Volterra2d {
  return new Volterra2d(options);
}
