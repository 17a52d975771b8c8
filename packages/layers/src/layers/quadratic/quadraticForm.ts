import { type QuadraticFormConfig, quadraticFormSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Quadratic form: y_k = activation(xᵀ A_k x + l_k·x + b_k).
 *
 * Shapes   x [B, ..., n] → y [B, ..., units]
 * Record   `quadraticFormSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * model.add(quadraticForm({ units: 1, form: 'symmetric' }));
 */
export class QuadraticForm extends SpecLayer<QuadraticFormConfig> {
  static readonly className = 'QuadraticForm';
  static readonly spec = quadraticFormSpec;

  constructor(options: LayerArguments<QuadraticFormConfig, 'units'>) {
    super(QuadraticForm.spec, options);
  }
}

export function quadraticForm(options: LayerArguments<QuadraticFormConfig, 'units'>): QuadraticForm {
  return new QuadraticForm(options);
}
