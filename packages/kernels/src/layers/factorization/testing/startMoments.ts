import { sizeOf } from '@polyneuron/graph';
import type { LayerSpec } from '../../../layerSpec.js';
import { parameterSpecs } from '../../parameters.js';
import { signMoments } from './signMoments.js';

/**
 * Exact second moment of every output over all inputs of signs and all draws of the parameters, for a layer that is
 * linear in its normal parameters while the others are 0.
 *
 * y = Σ_p w[p] y(unit p), and independent w[p] of mean 0 leave E y² = Σ_p var w[p] · y(unit p)².
 */
export function startMoments<C extends object>(
  spec: LayerSpec<C>,
  config: Partial<C>,
  shape: readonly number[],
): number[] {
  const specs = parameterSpecs(spec, config, [shape]);
  const zeros = () =>
    Object.fromEntries(specs.map((one) => [one.name, new Array<number>(sizeOf(one.shape)).fill(0)]));
  const total: number[] = [];
  for (const { name, shape: extents, initializer } of specs) {
    if (initializer.kind !== 'normal') continue;
    for (let at = 0; at < sizeOf(extents); at++) {
      const unit = zeros();
      unit[name][at] = 1;
      signMoments(spec, config, shape, unit).forEach((moment, output) => {
        total[output] = (total[output] ?? 0) + initializer.stddev ** 2 * moment;
      });
    }
  }
  return total;
}
