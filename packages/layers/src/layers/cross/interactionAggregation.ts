import { type InteractionAggregationConfig, interactionAggregationSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Bilinear fusion of two streams: z = activation(x W_x + y W_y + Σ_h x_hᵀ W_h y_h + b).
 *
 * Shapes   [x, y], [B, ..., m] and [B, ..., n] → z [B, ..., units]
 * Record   `interactionAggregationSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * const z = interactionAggregation({ units: 1, numHeads: 4 }).apply([left, right]);
 */
export class InteractionAggregation extends SpecLayer<InteractionAggregationConfig> {
  static readonly className = 'InteractionAggregation';
  static readonly spec = interactionAggregationSpec;

  constructor(options: LayerArguments<InteractionAggregationConfig, 'units'>) {
    super(InteractionAggregation.spec, options);
  }
}

export function interactionAggregation(
  options: LayerArguments<InteractionAggregationConfig, 'units'>,
): InteractionAggregation {
  return new InteractionAggregation(options);
}
