import { type TaylorConfig, taylorSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Taylor series per feature with learned coefficients: y_i = Σ_p w_ip Σ_{q<=p} a_iq (x_i - center)^q.
 *
 * Shapes   x [B, ..., n] → y of the shape of x
 * Record   `taylorSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * model.add(taylor({ degree: 5, mode: 'collapsed' }));
 */
export class Taylor extends SpecLayer<TaylorConfig> {
  static readonly className = 'Taylor';
  static readonly spec = taylorSpec;

  constructor(options: LayerArguments<TaylorConfig> = {}) {
    super(Taylor.spec, options);
  }
}

export function taylor(options: LayerArguments<TaylorConfig> = {}): Taylor {
  return new Taylor(options);
}
