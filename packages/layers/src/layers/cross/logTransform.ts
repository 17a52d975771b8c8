import { type LogTransformConfig, logTransformSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Logarithmic transformation of AFN: y[o] = exp(Σ_f orders[f,o] log|x[f]| + bias[o]), in each embedding dimension.
 *
 * Shapes   x [B, ..., F, D] → y [B, ..., units, D]
 * Record   `logTransformSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * model.add(logTransform({ units: 16 }));
 */
export class LogTransform extends SpecLayer<LogTransformConfig> {
  static readonly className = 'LogTransform';
  static readonly spec = logTransformSpec;

  constructor(options: LayerArguments<LogTransformConfig, 'units'>) {
    super(LogTransform.spec, options);
  }
}

export function logTransform(options: LayerArguments<LogTransformConfig, 'units'>): LogTransform {
  return new LogTransform(options);
}
