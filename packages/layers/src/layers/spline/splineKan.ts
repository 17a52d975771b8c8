import { type SplineKanConfig, splineKanSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Kolmogorov-Arnold layer of B-splines: y_o = Σ_i base(x_i) W_io + Σ_i s_io Σ_j c_ijo B_ij(x_i).
 *
 * Its grid is a weight that is saved and not trained: `updateGrid` moves it to data, `extendGrid` refines it.
 *
 * Shapes   x [B, ..., n] → y [B, ..., units]
 * Record   `splineKanSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * model.add(splineKan({ units: 5, gridRange: [0, 1] }));
 */
export class SplineKan extends SpecLayer<SplineKanConfig> {
  static readonly className = 'SplineKan';
  static readonly spec = splineKanSpec;

  constructor(options: LayerArguments<SplineKanConfig, 'units'>) {
    super(SplineKan.spec, options);
  }
}

export function splineKan(options: LayerArguments<SplineKanConfig, 'units'>): SplineKan {
  return new SplineKan(options);
}
