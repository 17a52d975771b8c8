import { type FactorizedInteractionConfig, factorizedInteractionSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Factorized interaction of FINAL: y = activation(l + f ⊙ l), or [l, f ⊙ l], of two affine maps l and f of x.
 *
 * Shapes   x [B, ..., n] → y [B, ..., units]
 * Record   `factorizedInteractionSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * model.add(factorizedInteraction({ units: 64 }));
 */
export class FactorizedInteraction extends SpecLayer<FactorizedInteractionConfig> {
  static readonly className = 'FactorizedInteraction';
  static readonly spec = factorizedInteractionSpec;

  constructor(options: LayerArguments<FactorizedInteractionConfig, 'units'>) {
    super(FactorizedInteraction.spec, options);
  }
}

export function factorizedInteraction(
  options: LayerArguments<FactorizedInteractionConfig, 'units'>,
): FactorizedInteraction {
  return new FactorizedInteraction(options);
}
