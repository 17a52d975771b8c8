/** @file Layers that merge inputs of one rank elementwise, under NumPy's rule: equal extents, or 1. */
import { add, broadcastShapes, mul, type Node, type Operand, type Shape } from '@polyneuron/graph';
import type { LayerSpec } from '../../layerSpec.js';
import { severalInputs } from '../checks.js';

export type MergeConfig = Readonly<Record<never, never>>;

type MergeRecord = Pick<LayerSpec<MergeConfig>, 'name' | 'title' | 'formula' | 'source' | 'degree'>;

function mergeSpec(record: MergeRecord, merge: (a: Operand, b: Operand) => Node): LayerSpec<MergeConfig> {
  return {
    ...record,
    defaults: {},
    samples: [
      { config: {}, inputShapes: [[3], [3]] },
      {
        config: {},
        inputShapes: [
          [2, 3],
          [2, 1],
          [1, 3],
        ],
      },
    ],
    largeSample: { config: {}, batch: 65, inputShapes: [[129], [129]] },
    inputKind: 'sample',
    parameterFormula: '0',
    parameterCount: () => 0,
    isSmooth: true,
    outputShape: (_, inputShapes) =>
      severalInputs(record.name, inputShapes).reduce<Shape>(
        (a, b) => broadcastShapes(record.name, a, b),
        inputShapes[0],
      ),
    parameters: () => [],
    forward: ({ inputs: [first, ...others] }) => ({ output: others.reduce<Node>(merge, first) }),
  };
}

/**
 * Sum of two or more inputs.
 *
 * y = x_1 + x_2 + ...
 *
 * Shapes   x_i [B, ...] of one rank, extents equal or 1 → y of the common shape
 * Degree   1 in the inputs
 * Throws   ShapeError unless there are two or more inputs that fit
 */
export const addSpec: LayerSpec<MergeConfig> = mergeSpec(
  { name: 'add', title: 'Add', formula: 'y = x_1 + x_2 + ...', source: 'Keras Add', degree: () => 1 },
  add,
);

/**
 * Elementwise product of two or more inputs.
 *
 * y = x_1 ⊙ x_2 ⊙ ...
 *
 * Shapes   x_i [B, ...] of one rank, extents equal or 1 → y of the common shape
 * Degree   the number of inputs, which the config does not know: undefined
 * Throws   ShapeError unless there are two or more inputs that fit
 */
export const multiplySpec: LayerSpec<MergeConfig> = mergeSpec(
  {
    name: 'multiply',
    title: 'Multiply',
    formula: 'y = x_1 * x_2 * ...',
    source: 'Keras Multiply',
    degree: () => undefined,
  },
  mul,
);
