import { type AfmConfig, afmSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Attentional factorization machine: y = activation(⟨p, Σ_{i<j} a[ij] x[i] ⊙ x[j]⟩), a a softmax over pairs.
 *
 * Shapes   x [B, ..., F, D] → y [B, ..., 1]
 * Record   `afmSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * const y = afm({ attentionUnits: 8 }).apply(fields);
 */
export class Afm extends SpecLayer<AfmConfig> {
  static readonly className = 'Afm';
  static readonly spec = afmSpec;

  constructor(options: LayerArguments<AfmConfig> = {}) {
    super(Afm.spec, options);
  }
}

export function afm(options: LayerArguments<AfmConfig> = {}): Afm {
  return new Afm(options);
}
