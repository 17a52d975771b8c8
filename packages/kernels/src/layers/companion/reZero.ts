import { add, mul, type Shape, ShapeError, ValueError } from '@polyneuron/graph';
import type { LayerSpec } from '../../layerSpec.js';
import { featuresOf, formatBatched } from '../checks.js';

export interface ReZeroConfig {
  /** First value of alpha. */
  readonly initialAlpha: number;
  /** One alpha for each feature in place of one for the layer. */
  readonly perFeature: boolean;
}

/**
 * A residual branch behind a gate that starts closed.
 *
 * y = x + alpha·branch, or alpha·x with one input
 *
 * Inputs [x, branch]: x the input of a block, branch what the block makes of it. With alpha = 0 every block is the
 * identity at first, signals and gradients pass any depth unchanged, and a product layer in the branch cannot explode.
 *
 * Shapes   x, branch [B, ..., n]; alpha [1], or [n] with perFeature → y of the shape of x
 * Degree   1 in (x, branch) together
 * Cost     2·B·n flops
 * Start    alpha = initialAlpha, 0 by default: y = x
 * Pitfalls at alpha = 0 the weights of the branch have gradient 0: they move from the second step on. With one input y
 *          is 0 at the start, and so is the gradient of all before it: add the residual yourself.
 * Throws   ShapeError unless there are one or two inputs of one shape with rank >= 2; ValueError when initialAlpha is
 *          not finite
 * Source   Bachlechner et al. 2021, ReZero is All You Need, Eq. (2); per feature: Touvron et al. 2021, CaiT (LayerScale)
 *
 * @example
 * // alpha = 0.5: x = [1, 2], branch = [10, 20] → [6, 12]
 */
export const reZeroSpec: LayerSpec<ReZeroConfig> = {
  name: 'reZero',
  title: 'ReZero',
  formula: 'y = x + alpha branch, or alpha x with one input',
  source: 'Bachlechner et al. 2021, ReZero is All You Need: Fast Convergence at Large Depth',
  defaults: { initialAlpha: 0, perFeature: false },
  samples: [
    { config: {}, inputShapes: [[3], [3]] },
    { config: { initialAlpha: 0.5 }, inputShapes: [[2, 3]] },
    {
      config: { perFeature: true },
      inputShapes: [
        [2, 1, 3],
        [2, 1, 3],
      ],
    },
    { config: { perFeature: true, initialAlpha: 1e-4 }, inputShapes: [[1]] },
  ],
  largeSample: { config: {}, batch: 65, inputShapes: [[129], [129]] },
  inputKind: 'features',
  starts: { identity: { initialAlpha: 0 } },
  parameterFormula: '1, or n with perFeature',
  parameterCount: ({ perFeature }, [shape]) => (perFeature ? featuresOf(shape) : 1),
  isSmooth: true,
  degree: () => 1,
  outputShape({ initialAlpha }, inputShapes) {
    if (!Number.isFinite(initialAlpha)) {
      throw new ValueError({
        subject: 'reZero',
        expected: 'initialAlpha to be a finite number',
        received: String(initialAlpha),
        fix: 'pass 0, or a small number',
      });
    }
    return requireAlike(inputShapes);
  },
  parameters: ({ perFeature, initialAlpha }, [shape]) => [
    {
      name: 'alpha',
      shape: [perFeature ? featuresOf(shape) : 1],
      role: 'other',
      initializer: { kind: 'constant', value: initialAlpha },
    },
  ],
  forward({ inputs: [x, branch], parameters: { alpha } }) {
    return { output: branch ? add(x, mul(branch, alpha)) : mul(x, alpha) };
  },
};

function requireAlike(inputShapes: readonly Shape[]): Shape {
  const [first, second = first] = inputShapes;
  const isAlike =
    inputShapes.length >= 1 && inputShapes.length <= 2 && first.length >= 1 && first.join() === second.join();
  if (isAlike) return first;
  throw new ShapeError({
    subject: 'reZero',
    expected: 'inputs [x, branch] of one shape with rank 2 or more, or one input',
    received: inputShapes.map(formatBatched).join(' and ') || 'none',
    fix: 'give the branch as many outputs as the block has inputs',
  });
}
