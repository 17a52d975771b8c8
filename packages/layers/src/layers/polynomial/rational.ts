import { type RationalConfig, rationalSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Rational (Padé) activation P(x) / Q(x) with learned coefficients.
 *
 * Shapes   x [B, ..., n] → y of the shape of x
 * Record   `rationalSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * model.add(rational({ version: 'b', approximates: 'swish' }));
 */
export class Rational extends SpecLayer<RationalConfig> {
  static readonly className = 'Rational';
  static readonly spec = rationalSpec;

  constructor(options: LayerArguments<RationalConfig> = {}) {
    super(Rational.spec, options);
  }
}

export function rational(options: LayerArguments<RationalConfig> = {}): Rational {
  return new Rational(options);
}
