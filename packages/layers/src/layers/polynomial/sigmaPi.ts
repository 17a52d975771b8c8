import { type SigmaPiConfig, sigmaPiSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Weighted sums of products of features: y_o = activation(b_o + Σ_k w_ko Π_{i in S_k} x_i).
 *
 * Shapes   x [B, ..., n] → y [B, ..., units]
 * Record   `sigmaPiSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * model.add(sigmaPi({ units: 1, sets: [[0], [0, 1], [1, 2]] }));
 */
export class SigmaPi extends SpecLayer<SigmaPiConfig> {
  static readonly className = 'SigmaPi';
  static readonly spec = sigmaPiSpec;

  constructor(options: LayerArguments<SigmaPiConfig, 'units'>) {
    super(SigmaPi.spec, options);
  }
}

export function sigmaPi(options: LayerArguments<SigmaPiConfig, 'units'>): SigmaPi {
  return new SigmaPi(options);
}
