import { type Kervolution2dConfig, kervolution2dSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Kervolution: y = activation(κ(x, w) + b) for every window x, κ a polynomial, Gaussian, distance or sigmoid.
 *
 * Shapes   x [B, H, W, C] → y [B, OH, OW, filters]
 * Record   `kervolution2dSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * model.add(kervolution2d({ filters: 16, kernelSize: 3, kernel: 'polynomial', degree: 2 }));
 */
export class Kervolution2d extends SpecLayer<Kervolution2dConfig> {
  static readonly className = 'Kervolution2d';
  static readonly spec = kervolution2dSpec;

  constructor(options: LayerArguments<Kervolution2dConfig, 'filters' | 'kernelSize'>) {
    super(Kervolution2d.spec, options);
  }
}

export function kervolution2d(
  options: LayerArguments<Kervolution2dConfig, 'filters' | 'kernelSize'>,
): Kervolution2d {
  return new Kervolution2d(options);
}
