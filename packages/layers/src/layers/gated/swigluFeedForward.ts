import { type SwigluFeedForwardConfig, swigluFeedForwardSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Gated feed-forward block: y = (gate(x W + b) ⊙ (x V + c)) W_2 + d.
 *
 * Shapes   x [B, ..., n] → y [B, ..., units]
 * Record   `swigluFeedForwardSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * model.add(swigluFeedForward({ hiddenUnits: 128 }));
 */
export class SwigluFeedForward extends SpecLayer<SwigluFeedForwardConfig> {
  static readonly className = 'SwigluFeedForward';
  static readonly spec = swigluFeedForwardSpec;

  constructor(options: LayerArguments<SwigluFeedForwardConfig> = {}) {
    super(SwigluFeedForward.spec, options);
  }
}

export function swigluFeedForward(options: LayerArguments<SwigluFeedForwardConfig> = {}): SwigluFeedForward {
  return new SwigluFeedForward(options);
}
