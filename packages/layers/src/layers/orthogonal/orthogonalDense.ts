import { type OrthogonalDenseConfig, orthogonalDenseSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Dense layer whose kernel stays orthogonal: y = activation(Q x + b), Q a product of reflections.
 *
 * Shapes   x [B, ..., n] → y [B, ..., units]
 * Record   `orthogonalDenseSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * model.add(orthogonalDense({ units: 64, activation: 'relu' }));
 */
export class OrthogonalDense extends SpecLayer<OrthogonalDenseConfig> {
  static readonly className = 'OrthogonalDense';
  static readonly spec = orthogonalDenseSpec;

  constructor(options: LayerArguments<OrthogonalDenseConfig, 'units'>) {
    super(OrthogonalDense.spec, options);
  }
}

export function orthogonalDense(options: LayerArguments<OrthogonalDenseConfig, 'units'>): OrthogonalDense {
  return new OrthogonalDense(options);
}
