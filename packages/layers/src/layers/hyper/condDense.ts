import { type CondDenseConfig, condDenseSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Dense layer whose kernel is a mixture of experts, mixed by a routing of x or of a second input.
 *
 * Shapes   x [B, ..., n], or [x, z] with z [B, ..., m] over the batch or more leading axes of x → y [B, ..., units]
 * Record   `condDenseSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * model.add(condDense({ units: 32, experts: 4, routing: 'softmax' }));
 */
export class CondDense extends SpecLayer<CondDenseConfig> {
  static readonly className = 'CondDense';
  static readonly spec = condDenseSpec;

  constructor(options: LayerArguments<CondDenseConfig, 'units'>) {
    super(CondDense.spec, options);
  }
}

export function condDense(options: LayerArguments<CondDenseConfig, 'units'>): CondDense {
  return new CondDense(options);
}
