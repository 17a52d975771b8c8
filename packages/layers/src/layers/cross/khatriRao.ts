import { type KhatriRaoConfig, khatriRaoSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Khatri-Rao interaction of QNN-α: y = π(x) ⊙ Σ_r midActivation(x W_r + b_r) + x.
 *
 * Shapes   x [B, ..., n] → y [B, ..., n]
 * Record   `khatriRaoSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * model.add(khatriRao({ numRows: 2 }));
 */
export class KhatriRao extends SpecLayer<KhatriRaoConfig> {
  static readonly className = 'KhatriRao';
  static readonly spec = khatriRaoSpec;

  constructor(options: LayerArguments<KhatriRaoConfig> = {}) {
    super(KhatriRao.spec, options);
  }
}

export function khatriRao(options: LayerArguments<KhatriRaoConfig> = {}): KhatriRao {
  return new KhatriRao(options);
}
