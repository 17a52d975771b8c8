import { type FwfmConfig, fwfmSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Field-weighted factorization machine: y = activation(b + Σ_i ⟨w[i], x[i]⟩ + Σ_{i<j} r[ij] ⟨x[i], x[j]⟩).
 *
 * Shapes   x [B, ..., F, D] → y [B, ..., 1]
 * Record   `fwfmSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * const y = fwfm({ activation: 'sigmoid' }).apply(fields);
 */
export class Fwfm extends SpecLayer<FwfmConfig> {
  static readonly className = 'Fwfm';
  static readonly spec = fwfmSpec;

  constructor(options: LayerArguments<FwfmConfig> = {}) {
    super(Fwfm.spec, options);
  }
}

export function fwfm(options: LayerArguments<FwfmConfig> = {}): Fwfm {
  return new Fwfm(options);
}
