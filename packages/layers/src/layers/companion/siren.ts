import { type SirenConfig, sirenSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Sinusoidal layer: y = sin(ω (x W + b)).
 *
 * Shapes   x [B, ..., n] → y [B, ..., units]
 * Record   `sirenSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * model.add(siren({ units: 64, isFirst: true }));
 */
export class Siren extends SpecLayer<SirenConfig> {
  static readonly className = 'Siren';
  static readonly spec = sirenSpec;

  constructor(options: LayerArguments<SirenConfig, 'units'>) {
    super(Siren.spec, options);
  }
}

export function siren(options: LayerArguments<SirenConfig, 'units'>): Siren {
  return new Siren(options);
}
