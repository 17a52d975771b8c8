import { type ReZeroConfig, reZeroSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Residual branch behind a gate that starts closed: y = x + alpha·branch, or alpha·x with one input.
 *
 * Shapes   x, branch [B, ..., n] → y [B, ..., n]
 * Record   `reZeroSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * const y = reZero().apply([x, branch]);
 */
export class ReZero extends SpecLayer<ReZeroConfig> {
  static readonly className = 'ReZero';
  static readonly spec = reZeroSpec;

  constructor(options: LayerArguments<ReZeroConfig> = {}) {
    super(ReZero.spec, options);
  }
}

export function reZero(options: LayerArguments<ReZeroConfig> = {}): ReZero {
  return new ReZero(options);
}
