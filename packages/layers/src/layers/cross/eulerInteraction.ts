import { type EulerInteractionConfig, eulerInteractionSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * EulerNet: products of learned complex powers of the fields, beside a dense layer.
 *
 * Shapes   x [B, ..., F, 2·D], or [B, ..., F, D] with encoding 'phase' → y [B, ..., units, 2·D]
 * Record   `eulerInteractionSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * model.add(eulerInteraction({ units: 8, encoding: 'phase' }));
 */
export class EulerInteraction extends SpecLayer<EulerInteractionConfig> {
  static readonly className = 'EulerInteraction';
  static readonly spec = eulerInteractionSpec;

  constructor(options: LayerArguments<EulerInteractionConfig, 'units'>) {
    super(EulerInteraction.spec, options);
  }
}

export function eulerInteraction(options: LayerArguments<EulerInteractionConfig, 'units'>): EulerInteraction {
  return new EulerInteraction(options);
}
