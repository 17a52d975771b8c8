import { type LayerNormConfig, layerNormSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Layer normalisation of the last axis: y = gamma ⊙ (x - mean) / √(variance + epsilon) + beta.
 *
 * Shapes   x [B, ..., n] → y [B, ..., n]
 * Record   `layerNormSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * model.add(layerNorm());
 */
export class LayerNorm extends SpecLayer<LayerNormConfig> {
  static readonly className = 'LayerNorm';
  static readonly spec = layerNormSpec;

  constructor(options: LayerArguments<LayerNormConfig> = {}) {
    super(LayerNorm.spec, options);
  }
}

export function layerNorm(options: LayerArguments<LayerNormConfig> = {}): LayerNorm {
  return new LayerNorm(options);
}
