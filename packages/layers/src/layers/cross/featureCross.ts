import { type FeatureCrossConfig, featureCrossSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * One cross step: y = x0 ⊙ (preActivation(x W + b) + diagScale·x) + x.
 *
 * Shapes   [x0, x] or x, each [B, ..., n] → y [B, ..., n]
 * Record   `featureCrossSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * const y = featureCross().apply([x0, featureCross().apply(x0)]);
 */
export class FeatureCross extends SpecLayer<FeatureCrossConfig> {
  static readonly className = 'FeatureCross';
  static readonly spec = featureCrossSpec;

  constructor(options: LayerArguments<FeatureCrossConfig> = {}) {
    super(FeatureCross.spec, options);
  }
}

export function featureCross(options: LayerArguments<FeatureCrossConfig> = {}): FeatureCross {
  return new FeatureCross(options);
}
