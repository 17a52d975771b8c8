import { type HouseholderConfig, householderSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Reflection in trainable hyperplanes through the origin: y = x - 2 n (n·x) / (n·n), once per normal.
 *
 * Shapes   x [B, ..., n] → y of the shape of x
 * Record   `householderSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * model.add(householder({ reflections: 4 }));
 */
export class Householder extends SpecLayer<HouseholderConfig> {
  static readonly className = 'Householder';
  static readonly spec = householderSpec;

  constructor(options: LayerArguments<HouseholderConfig> = {}) {
    super(Householder.spec, options);
  }
}

export function householder(options: LayerArguments<HouseholderConfig> = {}): Householder {
  return new Householder(options);
}
