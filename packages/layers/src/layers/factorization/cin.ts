import { type CinConfig, cinSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Compressed interaction network: X^k[h] = activation(Σ_{i,j} W^k[i,j,h] X^{k−1}[i] ⊙ x[j]), summed over D and joined.
 *
 * Shapes   x [B, ..., F, D] → y [B, ..., maps that feed the output]
 * Record   `cinSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * const y = cin({ layerSizes: [128, 128], splitHalf: true }).apply(fields);
 */
export class Cin extends SpecLayer<CinConfig> {
  static readonly className = 'Cin';
  static readonly spec = cinSpec;

  constructor(options: LayerArguments<CinConfig, 'layerSizes'>) {
    super(Cin.spec, options);
  }
}

export function cin(options: LayerArguments<CinConfig, 'layerSizes'>): Cin {
  return new Cin(options);
}
