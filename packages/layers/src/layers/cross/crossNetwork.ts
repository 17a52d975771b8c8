import { type CrossNetworkConfig, crossNetworkSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Cross network: numLayers cross steps over one input, in mode 'vector', 'matrix', 'lowRank', 'mix' or 'gated'.
 *
 * Shapes   x [B, ..., n] → y [B, ..., n]
 * Record   `crossNetworkSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * model.add(crossNetwork({ mode: 'lowRank', numLayers: 3, projectionDim: 8 }));
 */
export class CrossNetwork extends SpecLayer<CrossNetworkConfig> {
  static readonly className = 'CrossNetwork';
  static readonly spec = crossNetworkSpec;

  constructor(options: LayerArguments<CrossNetworkConfig> = {}) {
    super(CrossNetwork.spec, options);
  }
}

export function crossNetwork(options: LayerArguments<CrossNetworkConfig> = {}): CrossNetwork {
  return new CrossNetwork(options);
}
