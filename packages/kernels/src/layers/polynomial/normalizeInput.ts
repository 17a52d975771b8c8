import {
  add,
  div,
  max,
  mean,
  min,
  mul,
  type Node,
  sqrt,
  square,
  sub,
  tanh,
  ValueError,
} from '@polyneuron/graph';
import { requireOneOf } from '../checks.js';

/** How inputs are brought to where a basis lives; see `normalizeInput`. */
export type InputNormalization = 'tanh' | 'layerNorm' | 'clip' | 'none';

/** [low, high] of the inputs, mapped to [-1, 1]; null: inputs are taken as they are. */
export type InputDomain = readonly [number, number] | null;

/** Added to the variance, as in torch's LayerNorm. */
const epsilon = 1e-5;

/**
 * t of the shape of x, without state.
 *
 * tanh         tanh(x)
 * layerNorm    tanh((x - mean) / √(variance + 1e-5)) over the features of each position: tanh does not saturate
 * clip         min(max(s, -1), 1), s = (2 x - low - high) / (high - low); derivative 0 outside
 * none         s
 */
export function normalizeInput(x: Node, normalization: InputNormalization, domain: InputDomain): Node {
  const s = domain ? div(sub(mul(x, 2), domain[0] + domain[1]), domain[1] - domain[0]) : x;
  return normalizations[normalization](s);
}

export const normalizations: { readonly [K in InputNormalization]: (x: Node) => Node } = {
  tanh,
  layerNorm: (x) => tanh(standardized(x)),
  clip: (x) => min(max(x, -1), 1),
  none: (x) => x,
};

function standardized(x: Node): Node {
  const centered = sub(x, mean(x, -1, { keepDims: true }));
  return div(centered, sqrt(add(mean(square(centered), -1, { keepDims: true }), epsilon)));
}

interface NormalizationOptions {
  readonly normalization: InputNormalization;
  readonly domain: InputDomain;
}

/** Throws ValueError on an unknown word, a domain that is no interval or of no use, and one feature normalized alone. */
export function requireNormalization(
  layer: string,
  { normalization, domain }: NormalizationOptions,
  features: number,
): void {
  requireOneOf(layer, 'normalization', normalization, Object.keys(normalizations));
  if (normalization === 'layerNorm' && features < 2) {
    throw new ValueError({
      subject: layer,
      expected: "two or more features with normalization 'layerNorm': one alone becomes 0",
      received: String(features),
      fix: "pass normalization: 'tanh'",
    });
  }
  if (domain === null) return;
  const isInterval = domain.length === 2 && domain.every(Number.isFinite) && domain[0] < domain[1];
  const isUsed = normalization === 'clip' || normalization === 'none';
  if (isInterval && isUsed) return;
  throw new ValueError({
    subject: layer,
    expected: isInterval
      ? `no domain with normalization '${normalization}', which takes any input`
      : 'domain to be [low, high] with low < high, both finite',
    received: `[${domain.join(', ')}]`,
    fix: isInterval
      ? "pass normalization: 'clip', or leave the domain out"
      : 'pass the least and the largest value of the inputs',
  });
}
