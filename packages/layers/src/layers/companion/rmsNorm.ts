import { type RmsNormConfig, rmsNormSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Root mean square normalisation of the last axis: y = gamma ⊙ x / √(mean(x²) + epsilon).
 *
 * Shapes   x [B, ..., n] → y [B, ..., n]
 * Record   `rmsNormSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * model.add(rmsNorm());
 */
export class RmsNorm extends SpecLayer<RmsNormConfig> {
  static readonly className = 'RmsNorm';
  static readonly spec = rmsNormSpec;

  constructor(options: LayerArguments<RmsNormConfig> = {}) {
    super(RmsNorm.spec, options);
  }
}

export function rmsNorm(options: LayerArguments<RmsNormConfig> = {}): RmsNorm {
  return new RmsNorm(options);
}
