import { Afm } from './afm.js';
import { BiInteraction } from './biInteraction.js';
import { BilinearInteraction } from './bilinearInteraction.js';
import { Cin } from './cin.js';
import { DotInteraction } from './dotInteraction.js';
import { ElementarySymmetric } from './elementarySymmetric.js';
import { FactorizationMachine } from './factorizationMachine.js';
import { Ffm } from './ffm.js';
import { Fmfm } from './fmfm.js';
import { Fwfm } from './fwfm.js';
import { SqueezeExcitation } from './squeezeExcitation.js';

/** The wrappers of the factorization family. */
export const factorizationClasses = [
  FactorizationMachine,
  Fwfm,
  Fmfm,
  Ffm,
  Afm,
  Cin,
  BilinearInteraction,
  DotInteraction,
  BiInteraction,
  ElementarySymmetric,
  SqueezeExcitation,
] as const;
