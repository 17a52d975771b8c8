import { type ElementarySymmetricConfig, elementarySymmetricSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Elementary symmetric polynomials: e_k = Σ over sets of k fields of their product, k = 1, ..., order.
 *
 * Shapes   x [B, ..., F, D] → y [B, ..., order, D], with output 'sum' [B, ..., D]
 * Record   `elementarySymmetricSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * const y = elementarySymmetric({ order: 3 }).apply(fields);
 */
export class ElementarySymmetric extends SpecLayer<ElementarySymmetricConfig> {
  static readonly className = 'ElementarySymmetric';
  static readonly spec = elementarySymmetricSpec;

  constructor(options: LayerArguments<ElementarySymmetricConfig, 'order'>) {
    super(ElementarySymmetric.spec, options);
  }
}

export function elementarySymmetric(
  options: LayerArguments<ElementarySymmetricConfig, 'order'>,
): ElementarySymmetric {
  return new ElementarySymmetric(options);
}
