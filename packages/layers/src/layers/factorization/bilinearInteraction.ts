import { type BilinearInteractionConfig, bilinearInteractionSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Bilinear interaction: (x[i] W) ⊙ x[j] of all pairs of fields, or ⟨x[i] W, x[j]⟩.
 *
 * Shapes   x [B, ..., F, D] → y [B, ..., F(F−1)/2, D], with product 'inner' [B, ..., F(F−1)/2]
 * Record   `bilinearInteractionSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * const y = bilinearInteraction({ type: 'each', product: 'inner' }).apply(fields);
 */
export class BilinearInteraction extends SpecLayer<BilinearInteractionConfig> {
  static readonly className = 'BilinearInteraction';
  static readonly spec = bilinearInteractionSpec;

  constructor(options: LayerArguments<BilinearInteractionConfig> = {}) {
    super(BilinearInteraction.spec, options);
  }
}

export function bilinearInteraction(
  options: LayerArguments<BilinearInteractionConfig> = {},
): BilinearInteraction {
  return new BilinearInteraction(options);
}
