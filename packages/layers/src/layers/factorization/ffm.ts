import { type FfmConfig, ffmSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Field-aware factorization machine: y = Σ_{i<j} ⟨v[i, j], v[j, i]⟩, with F − 1 vectors per field in the last axis.
 *
 * Shapes   x [B, ..., F, (F−1)·k] → y [B, ..., 1]
 * Record   `ffmSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * const y = ffm().apply(fieldAwareEmbeddings);
 */
export class Ffm extends SpecLayer<FfmConfig> {
  static readonly className = 'Ffm';
  static readonly spec = ffmSpec;

  constructor(options: LayerArguments<FfmConfig> = {}) {
    super(Ffm.spec, options);
  }
}

export function ffm(options: LayerArguments<FfmConfig> = {}): Ffm {
  return new Ffm(options);
}
