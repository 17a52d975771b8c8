import { Affine } from './layers/affine.js';
import { FeatureCross } from './layers/featureCross.js';
import { Householder } from './layers/householder.js';
import { HyperDense } from './layers/hyperDense.js';
import { QuadDense } from './layers/quadDense.js';
import { Taylor } from './layers/taylor.js';

/** Every layer of this package, each with its record at `spec`. */
export const layerClasses = [QuadDense, FeatureCross, HyperDense, Taylor, Householder, Affine] as const;
