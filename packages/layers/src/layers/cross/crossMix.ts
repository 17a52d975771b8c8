import { type CrossMixConfig, crossMixSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Cross step with a gated mixture of low-rank experts: y = Σ_e G_e(x) x0 ⊙ (g(g(x D_e) C_e) U_e + b) + x.
 *
 * Shapes   [x0, x] or x, each [B, ..., n] → y [B, ..., n]
 * Record   `crossMixSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * const y = crossMix({ numExperts: 4 }).apply([x0, crossMix().apply(x0)]);
 */
export class CrossMix extends SpecLayer<CrossMixConfig> {
  static readonly className = 'CrossMix';
  static readonly spec = crossMixSpec;

  constructor(options: LayerArguments<CrossMixConfig> = {}) {
    super(CrossMix.spec, options);
  }
}

export function crossMix(options: LayerArguments<CrossMixConfig> = {}): CrossMix {
  return new CrossMix(options);
}
