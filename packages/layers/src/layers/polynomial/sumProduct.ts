import { type SumProductConfig, sumProductSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * One layer of a sum-product network, in logarithms: products of scopes, then weighted sums of them.
 *
 * Shapes   x [B, ..., F, D] → y [B, ..., F / factors, units]
 * Record   `sumProductSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * model.add(sumProduct({ units: 4, factors: 2 }));
 */
export class SumProduct extends SpecLayer<SumProductConfig> {
  static readonly className = 'SumProduct';
  static readonly spec = sumProductSpec;

  constructor(options: LayerArguments<SumProductConfig, 'units'>) {
    super(SumProduct.spec, options);
  }
}

export function sumProduct(options: LayerArguments<SumProductConfig, 'units'>): SumProduct {
  return new SumProduct(options);
}
