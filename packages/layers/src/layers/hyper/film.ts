import { type FilmConfig, filmSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Feature-wise linear modulation: z scales and shifts every feature of x; the identity until it is trained.
 *
 * Shapes   [x, z], x [B, ..., n], z [B, ..., m] over the batch or more leading axes of x → y [B, ..., n]
 * Record   `filmSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * film({ hiddenUnits: 16 }).apply([features, condition]);
 */
export class Film extends SpecLayer<FilmConfig> {
  static readonly className = 'Film';
  static readonly spec = filmSpec;

  constructor(options: LayerArguments<FilmConfig> = {}) {
    super(Film.spec, options);
  }
}

export function film(options: LayerArguments<FilmConfig> = {}): Film {
  return new Film(options);
}
