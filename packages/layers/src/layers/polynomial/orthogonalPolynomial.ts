import { type OrthogonalPolynomialConfig, orthogonalPolynomialSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Orthogonal polynomials of every feature, mixed into units: y_o = activation(b_o + Σ_i Σ_d c_dio φ_d(t_i)).
 *
 * Shapes   x [B, ..., n] → y [B, ..., units]
 * Record   `orthogonalPolynomialSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * model.add(orthogonalPolynomial({ units: 8, basis: 'legendre', degree: 5 }));
 */
export class OrthogonalPolynomial extends SpecLayer<OrthogonalPolynomialConfig> {
  static readonly className = 'OrthogonalPolynomial';
  static readonly spec = orthogonalPolynomialSpec;

  constructor(options: LayerArguments<OrthogonalPolynomialConfig, 'units'>) {
    super(OrthogonalPolynomial.spec, options);
  }
}

export function orthogonalPolynomial(
  options: LayerArguments<OrthogonalPolynomialConfig, 'units'>,
): OrthogonalPolynomial {
  return new OrthogonalPolynomial(options);
}
