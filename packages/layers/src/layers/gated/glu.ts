import { type GluConfig, gluSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Gated linear unit: y = gate(x W + b) ⊙ (x V + c).
 *
 * Shapes   x [B, ..., n] → y [B, ..., units]
 * Record   `gluSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * model.add(glu({ units: 64, gate: 'swish' }));
 */
export class Glu extends SpecLayer<GluConfig> {
  static readonly className = 'Glu';
  static readonly spec = gluSpec;

  constructor(options: LayerArguments<GluConfig, 'units'>) {
    super(Glu.spec, options);
  }
}

export function glu(options: LayerArguments<GluConfig, 'units'>): Glu {
  return new Glu(options);
}
