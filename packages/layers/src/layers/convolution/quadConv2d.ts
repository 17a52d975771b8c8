import { type QuadConv2dConfig, quadConv2dSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Quadratic convolution: y = activation((W_r ∗ x + b_r) ⊙ (W_g ∗ x + b_g) + W_b ∗ x² + c).
 *
 * Shapes   x [B, H, W, C] → y [B, OH, OW, filters]
 * Record   `quadConv2dSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * model.add(quadConv2d({ filters: 16, kernelSize: 3, activation: 'relu' }));
 */
export class QuadConv2d extends SpecLayer<QuadConv2dConfig> {
  static readonly className = 'QuadConv2d';
  static readonly spec = quadConv2dSpec;

  constructor(options: LayerArguments<QuadConv2dConfig, 'filters' | 'kernelSize'>) {
    super(QuadConv2d.spec, options);
  }
}

export function quadConv2d(options: LayerArguments<QuadConv2dConfig, 'filters' | 'kernelSize'>): QuadConv2d {
  return new QuadConv2d(options);
}
