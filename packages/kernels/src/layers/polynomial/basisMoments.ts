import { constant, interpretNodes } from '@polyneuron/graph';
import { type BasisFunctionsOptions, basisFunctions } from './basisFunctions.js';
import { type InputDomain, type InputNormalization, normalizations } from './normalizeInput.js';

/**
 * E[φ_d(t)²] of each function, for inputs of which the layer knows nothing but their scale.
 *
 * Without a domain x is standard normal, and t its image under the normalization (layer normalization leaves many
 * standard normal features as they are, so it counts as tanh alone). With a domain t is uniform on [-1, 1].
 *
 * Numerics trapezoidal rule with step h = 1/64 on [-12, 12], exact to rounding for a smooth function under a Gaussian
 *          weight; the kinks of 'clip' at ±1 add h²/12 times their jump of slope, 2e-5 K². Midpoints of 2048 intervals
 *          for the uniform law, error 8e-8 K²
 */
export function basisMoments(
  options: BasisFunctionsOptions,
  normalization: InputNormalization,
  domain: InputDomain,
): number[] {
  const points = domain
    ? Array.from({ length: 2048 }, (_, at) => (at + 0.5) / 1024 - 1)
    : Array.from({ length: 1537 }, (_, at) => at / 64 - 12);
  const density = (x: number) => (domain ? 1 : Math.exp((-x * x) / 2));
  const weights = points.map(density);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const x = constant(points, [points.length]);
  const t = domain ? x : normalizations[normalization === 'layerNorm' ? 'tanh' : normalization](x);
  return interpretNodes(basisFunctions(t, options)).map(
    (values) => values.reduce((sum, value, at) => sum + weights[at] * value * value, 0) / total,
  );
}
