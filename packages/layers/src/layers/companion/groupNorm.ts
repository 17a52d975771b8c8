import { type GroupNormConfig, groupNormSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Group normalisation: each sample and group of channels has mean 0 and variance 1, before gamma and beta.
 *
 * Shapes   x [B, ..., C] → y [B, ..., C]
 * Record   `groupNormSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * model.add(groupNorm({ groups: 8 }));
 */
export class GroupNorm extends SpecLayer<GroupNormConfig> {
  static readonly className = 'GroupNorm';
  static readonly spec = groupNormSpec;

  constructor(options: LayerArguments<GroupNormConfig, 'groups'>) {
    super(GroupNorm.spec, options);
  }
}

export function groupNorm(options: LayerArguments<GroupNormConfig, 'groups'>): GroupNorm {
  return new GroupNorm(options);
}
