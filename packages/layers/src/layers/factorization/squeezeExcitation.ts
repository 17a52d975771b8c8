import { type SqueezeExcitationConfig, squeezeExcitationSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Squeeze and excitation: every field is multiplied by a weight computed from one number per field.
 *
 * Shapes   x [B, ..., F, D] → y of the shape of x
 * Record   `squeezeExcitationSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * const y = squeezeExcitation({ reductionRatio: 4 }).apply(fields);
 */
export class SqueezeExcitation extends SpecLayer<SqueezeExcitationConfig> {
  static readonly className = 'SqueezeExcitation';
  static readonly spec = squeezeExcitationSpec;

  constructor(options: LayerArguments<SqueezeExcitationConfig> = {}) {
    super(SqueezeExcitation.spec, options);
  }
}

export function squeezeExcitation(options: LayerArguments<SqueezeExcitationConfig> = {}): SqueezeExcitation {
  return new SqueezeExcitation(options);
}
