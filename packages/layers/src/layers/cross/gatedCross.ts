import { type GatedCrossConfig, gatedCrossSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Gated cross step: y = x0 ⊙ (x W + b) ⊙ σ(x W_g) + x.
 *
 * Shapes   [x0, x] or x, each [B, ..., n] → y [B, ..., n]
 * Record   `gatedCrossSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * const y = gatedCross().apply([x0, gatedCross().apply(x0)]);
 */
export class GatedCross extends SpecLayer<GatedCrossConfig> {
  static readonly className = 'GatedCross';
  static readonly spec = gatedCrossSpec;

  constructor(options: LayerArguments<GatedCrossConfig> = {}) {
    super(GatedCross.spec, options);
  }
}

export function gatedCross(options: LayerArguments<GatedCrossConfig> = {}): GatedCross {
  return new GatedCross(options);
}
