import { companionClasses } from './layers/companion/companionClasses.js';
import { convolutionClasses } from './layers/convolution/convolutionClasses.js';
import { crossClasses } from './layers/cross/crossClasses.js';
import { factorizationClasses } from './layers/factorization/factorizationClasses.js';
import { gatedClasses } from './layers/gated/gatedClasses.js';
import { hyperClasses } from './layers/hyper/hyperClasses.js';
import { orthogonalClasses } from './layers/orthogonal/orthogonalClasses.js';
import { polynomialClasses } from './layers/polynomial/polynomialClasses.js';
import { quadraticClasses } from './layers/quadratic/quadraticClasses.js';
import { splineClasses } from './layers/spline/splineClasses.js';
import { stockClasses } from './layers/stock/stockClasses.js';

/** Every layer of this package, each with its record at `spec`. */
export const layerClasses = [
  ...crossClasses,
  ...quadraticClasses,
  ...gatedClasses,
  ...polynomialClasses,
  ...splineClasses,
  ...hyperClasses,
  ...factorizationClasses,
  ...convolutionClasses,
  ...orthogonalClasses,
  ...companionClasses,
  ...stockClasses,
] as const;
