import { type BiInteractionConfig, biInteractionSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Bi-interaction pooling: y = Σ_{i<j} x[i] ⊙ x[j].
 *
 * Shapes   x [B, ..., F, D] → y [B, ..., D]
 * Record   `biInteractionSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * const y = biInteraction().apply(fields);
 */
export class BiInteraction extends SpecLayer<BiInteractionConfig> {
  static readonly className = 'BiInteraction';
  static readonly spec = biInteractionSpec;

  constructor(options: LayerArguments<BiInteractionConfig> = {}) {
    super(BiInteraction.spec, options);
  }
}

export function biInteraction(options: LayerArguments<BiInteractionConfig> = {}): BiInteraction {
  return new BiInteraction(options);
}
