import { type QuadDenseConfig, quadDenseSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Quadratic dense layer: y = activation((x W_r + b_r) ⊙ (x W_g + b_g) + x² W_b + c), or one of five variants.
 *
 * Shapes   x [B, ..., n] → y [B, ..., units]
 * Record   `quadDenseSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * model.add(quadDense({ units: 64, activation: 'relu' }));
 * model.add(quadDense({ units: 8, variant: 'lowRank', rank: 4 }));
 */
export class QuadDense extends SpecLayer<QuadDenseConfig> {
  static readonly className = 'QuadDense';
  static readonly spec = quadDenseSpec;

  constructor(options: LayerArguments<QuadDenseConfig, 'units'>) {
    super(QuadDense.spec, options);
  }
}

export function quadDense(options: LayerArguments<QuadDenseConfig, 'units'>): QuadDense {
  return new QuadDense(options);
}
