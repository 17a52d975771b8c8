import { type SpectralDenseConfig, spectralDenseSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Dense layer of Lipschitz constant 1: y = activation(x W / σ + b), σ the largest singular value of W as a power
 * iteration sees it.
 *
 * Shapes   x [B, ..., n] → y [B, ..., units]
 * Record   `spectralDenseSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * model.add(spectralDense({ units: 64, activation: 'relu' }));
 */
export class SpectralDense extends SpecLayer<SpectralDenseConfig> {
  static readonly className = 'SpectralDense';
  static readonly spec = spectralDenseSpec;

  constructor(options: LayerArguments<SpectralDenseConfig, 'units'>) {
    super(SpectralDense.spec, options);
  }
}

export function spectralDense(options: LayerArguments<SpectralDenseConfig, 'units'>): SpectralDense {
  return new SpectralDense(options);
}
