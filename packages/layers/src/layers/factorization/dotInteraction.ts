import { type DotInteractionConfig, dotInteractionSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Dot interaction of DLRM: ⟨x[i], x[j]⟩ of all pairs of fields, j < i, row by row.
 *
 * Shapes   x [B, ..., F, D] → y [B, ..., F(F−1)/2], with selfInteraction F(F+1)/2, with skipGather F²
 * Record   `dotInteractionSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * const y = dotInteraction({ isScaled: true }).apply(fields);
 */
export class DotInteraction extends SpecLayer<DotInteractionConfig> {
  static readonly className = 'DotInteraction';
  static readonly spec = dotInteractionSpec;

  constructor(options: LayerArguments<DotInteractionConfig> = {}) {
    super(DotInteraction.spec, options);
  }
}

export function dotInteraction(options: LayerArguments<DotInteractionConfig> = {}): DotInteraction {
  return new DotInteraction(options);
}
