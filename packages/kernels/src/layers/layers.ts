import { ValueError } from '@polyneuron/graph';
import type { LayerSpec } from '../layerSpec.js';
import { closestName } from './closestName.js';
import { companionLayers } from './companion/companionLayers.js';
import { convolutionLayers } from './convolution/convolutionLayers.js';
import { crossLayers } from './cross/crossLayers.js';
import { factorizationLayers } from './factorization/factorizationLayers.js';
import { gatedLayers } from './gated/gatedLayers.js';
import { hyperLayers } from './hyper/hyperLayers.js';
import { orthogonalLayers } from './orthogonal/orthogonalLayers.js';
import { polynomialLayers } from './polynomial/polynomialLayers.js';
import { quadraticLayers } from './quadratic/quadraticLayers.js';
import { splineLayers } from './spline/splineLayers.js';
import { stockLayers } from './stock/stockLayers.js';

/** Every family, in the order of the documentation: a family's folder holds its records. */
export const families = {
  cross: crossLayers,
  quadratic: quadraticLayers,
  gated: gatedLayers,
  polynomial: polynomialLayers,
  spline: splineLayers,
  hyper: hyperLayers,
  factorization: factorizationLayers,
  convolution: convolutionLayers,
  orthogonal: orthogonalLayers,
  companion: companionLayers,
  stock: stockLayers,
} as const;

export type FamilyName = keyof typeof families;

/** Every layer, by name. */
export const layers = {
  ...crossLayers,
  ...quadraticLayers,
  ...gatedLayers,
  ...polynomialLayers,
  ...splineLayers,
  ...hyperLayers,
  ...factorizationLayers,
  ...convolutionLayers,
  ...orthogonalLayers,
  ...companionLayers,
  ...stockLayers,
} as const;

export type LayerName = keyof typeof layers;

/**
 * The layer of this name.
 *
 * Throws   ValueError that lists every layer and suggests the closest
 */
export function layer(name: string): LayerSpec {
  if (Object.hasOwn(layers, name)) return layers[name as LayerName];
  const known = Object.keys(layers);
  const closest = closestName(name, known);
  throw new ValueError({
    subject: 'layer',
    expected: `one of ${known.join(', ')}`,
    received: `'${name}'`,
    fix: closest ? `did you mean '${closest}'?` : 'pass one of the names above',
  });
}
