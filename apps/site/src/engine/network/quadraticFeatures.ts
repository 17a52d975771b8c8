import { concat, mul, type Node, sliceAxis } from '@polyneuron/graph';
import type { LayerSpec } from '@polyneuron/kernels';

/**
 * The inputs and all products of two of them: the features that a linear neuron needs by hand.
 *
 * y = (x_0, ..., x_{n-1}, x_0 x_0, x_0 x_1, ..., x_{n-1} x_{n-1})
 *
 * Shapes   x [B, n] → y [B, n + n (n + 1) / 2]
 * Degree   2
 */
export const quadraticFeaturesSpec: LayerSpec = {
  name: 'quadraticFeatures',
  title: 'Products of two inputs',
  formula: 'y = (x_i, x_i x_j for i <= j)',
  source: 'this site',
  defaults: {},
  samples: [{ config: {}, inputShapes: [[2]] }],
  largeSample: { config: {}, batch: 65, inputShapes: [[24]] },
  inputKind: 'features',
  isSmooth: true,
  parameterFormula: '0',
  parameterCount: () => 0,
  parameters: () => [],
  degree: () => 2,
  outputShape: (_, [[n]]) => [n + (n * (n + 1)) / 2],
  forward: ({ inputs: [x] }) => ({ output: featuresOf(x) }),
};

function featuresOf(x: Node): Node {
  const [, n] = x.shape;
  const products = Array.from({ length: n }, (_, from) => {
    return mul(sliceAxis(x, 1, from, 1), sliceAxis(x, 1, from, n - from));
  });
  return concat([x, ...products], 1);
}
