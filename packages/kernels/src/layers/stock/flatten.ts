import { flatten, sizeOf } from '@polyneuron/graph';
import type { LayerSpec } from '../../layerSpec.js';
import { singleInput } from '../checks.js';

/**
 * All axes but the batch joined into one, row-major.
 *
 * Shapes   x [B, ...] → y [B, product of the rest]
 * Degree   1 in x
 * Throws   ShapeError unless there is one input
 */
export const flattenSpec: LayerSpec<Readonly<Record<never, never>>> = {
  name: 'flatten',
  title: 'Flatten',
  formula: 'y[b, i] = x[b, ...]',
  source: 'Keras Flatten, channels last',
  defaults: {},
  samples: [
    { config: {}, inputShapes: [[2, 3]] },
    { config: {}, inputShapes: [[3]] },
    { config: {}, inputShapes: [[]] },
  ],
  largeSample: { config: {}, batch: 65, inputShapes: [[9, 17]] },
  inputKind: 'sample',
  parameterFormula: '0',
  parameterCount: () => 0,
  isSmooth: true,
  degree: () => 1,
  outputShape: (_, inputShapes) => [sizeOf(singleInput('flatten', inputShapes, 0))],
  parameters: () => [],
  forward: ({ inputs: [x] }) => ({ output: flatten(x) }),
};
