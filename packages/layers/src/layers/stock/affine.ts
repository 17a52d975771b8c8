import { type AffineConfig, affineSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Affine map y = x W + b that counts its calls in the non-trainable weight `counter`.
 *
 * Shapes   x [B, ..., n] → y [B, ..., units]
 * Record   `affineSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * model.add(affine({ units: 4 }));
 */
export class Affine extends SpecLayer<AffineConfig> {
  static readonly className = 'Affine';
  static readonly spec = affineSpec;

  constructor(options: LayerArguments<AffineConfig, 'units'>) {
    super(Affine.spec, options);
  }
}

export function affine(options: LayerArguments<AffineConfig, 'units'>): Affine {
  return new Affine(options);
}
