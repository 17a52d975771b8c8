import { type CondConv2dConfig, condConv2dSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Convolution whose kernel is a mixture of experts, mixed for each image by its mean, or by a second input.
 *
 * Shapes   x [B, H, W, C], or [x, z] with z [B, m] → y [B, OH, OW, filters]
 * Record   `condConv2dSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * model.add(condConv2d({ filters: 16, kernelSize: 3, padding: 'same', experts: 4 }));
 */
export class CondConv2d extends SpecLayer<CondConv2dConfig> {
  static readonly className = 'CondConv2d';
  static readonly spec = condConv2dSpec;

  constructor(options: LayerArguments<CondConv2dConfig, 'filters' | 'kernelSize'>) {
    super(CondConv2d.spec, options);
  }
}

export function condConv2d(options: LayerArguments<CondConv2dConfig, 'filters' | 'kernelSize'>): CondConv2d {
  return new CondConv2d(options);
}
