import { type FmfmConfig, fmfmSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Field-matrixed factorization machine: y = activation(b + Σ_i ⟨w[i], x[i]⟩ + Σ_{i<j} ⟨x[i] W[ij], x[j]⟩).
 *
 * Shapes   x [B, ..., F, D] → y [B, ..., 1]
 * Record   `fmfmSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * const y = fmfm({ pairForm: 'vector' }).apply(fields);
 */
export class Fmfm extends SpecLayer<FmfmConfig> {
  static readonly className = 'Fmfm';
  static readonly spec = fmfmSpec;

  constructor(options: LayerArguments<FmfmConfig> = {}) {
    super(Fmfm.spec, options);
  }
}

export function fmfm(options: LayerArguments<FmfmConfig> = {}): Fmfm {
  return new Fmfm(options);
}
