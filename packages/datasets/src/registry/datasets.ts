import { clickThroughSpec } from '../generators/clickThrough.js';
import { crossPolynomialSpec } from '../generators/crossPolynomial.js';
import { friedmanSpec } from '../generators/friedman.js';
import { liftPolynomialSpec } from '../generators/liftPolynomial.js';
import { logicGateSpec } from '../generators/logicGate.js';
import { paritySpec } from '../generators/parity.js';
import { polynomialSurfaceSpec } from '../generators/polynomialSurface.js';
import { syntheticGlyphsSpec } from '../generators/syntheticGlyphs.js';
import { twoSpiralsSpec } from '../generators/twoSpirals.js';

/** Records of the sets that are generated, by name. `@polyneuron/datasets/node` adds those that are read from files. */
export const generatedDatasets = {
  'cross-polynomial': crossPolynomialSpec,
  'lift-polynomial': liftPolynomialSpec,
  'logic-gate': logicGateSpec,
  parity: paritySpec,
  'two-spirals': twoSpiralsSpec,
  friedman: friedmanSpec,
  'polynomial-surface': polynomialSurfaceSpec,
  'click-through': clickThroughSpec,
  'synthetic-glyphs': syntheticGlyphsSpec,
} as const;
