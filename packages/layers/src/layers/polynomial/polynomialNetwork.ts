import { type PolynomialNetworkConfig, polynomialNetworkSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Polynomial network (Π-net) of exact degree: x_k = x_{k-1} + (z U_k) ⊙ x_{k-1}, y = activation(x_K C + β).
 *
 * Shapes   z [B, ..., n] → y [B, ..., units]
 * Record   `polynomialNetworkSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * model.add(polynomialNetwork({ units: 10, degree: 4, rank: 16 }));
 */
export class PolynomialNetwork extends SpecLayer<PolynomialNetworkConfig> {
  static readonly className = 'PolynomialNetwork';
  static readonly spec = polynomialNetworkSpec;

  constructor(options: LayerArguments<PolynomialNetworkConfig, 'units'>) {
    super(PolynomialNetwork.spec, options);
  }
}

export function polynomialNetwork(
  options: LayerArguments<PolynomialNetworkConfig, 'units'>,
): PolynomialNetwork {
  return new PolynomialNetwork(options);
}
