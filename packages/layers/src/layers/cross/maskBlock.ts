import { type MaskBlockConfig, maskBlockSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Block of MaskNet: y = activation(layerNorm((mask(v) ⊙ h) W)).
 *
 * Shapes   [v, h] or v, [B, ..., m] and [B, ..., n] → y [B, ..., units]
 * Record   `maskBlockSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * const y = maskBlock({ units: 64 }).apply([embeddings, maskBlock({ units: 64 }).apply(embeddings)]);
 */
export class MaskBlock extends SpecLayer<MaskBlockConfig> {
  static readonly className = 'MaskBlock';
  static readonly spec = maskBlockSpec;

  constructor(options: LayerArguments<MaskBlockConfig, 'units'>) {
    super(MaskBlock.spec, options);
  }
}

export function maskBlock(options: LayerArguments<MaskBlockConfig, 'units'>): MaskBlock {
  return new MaskBlock(options);
}
