import { type HyperNetworkConfig, hyperNetworkSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * A whole network whose weights a hypernetwork computes, from each sample, from a second input, or from an embedding.
 *
 * Shapes   x [B, ..., n], or [x, z] with z [B, ..., m] → y [B, ..., last of taskUnits]
 * Record   `hyperNetworkSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * hyperNetwork({ taskUnits: [64, 10], weightSource: 'conditional', base: true, start: 'zeroDelta' }).apply([x, z]);
 */
export class HyperNetwork extends SpecLayer<HyperNetworkConfig> {
  static readonly className = 'HyperNetwork';
  static readonly spec = hyperNetworkSpec;

  constructor(options: LayerArguments<HyperNetworkConfig, 'taskUnits'>) {
    super(HyperNetwork.spec, options);
  }
}

export function hyperNetwork(options: LayerArguments<HyperNetworkConfig, 'taskUnits'>): HyperNetwork {
  return new HyperNetwork(options);
}
