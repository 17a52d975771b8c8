import { formatShape, reshape, type Shape, ShapeError, sizeOf } from '@polyneuron/graph';
import type { LayerSpec } from '../../layerSpec.js';
import { formatBatched, singleInput } from '../checks.js';

export interface ReshapeConfig {
  /** Without the batch axis; one extent may be -1. */
  readonly targetShape: Shape;
}

/**
 * The same elements of each sample in another shape, row-major.
 *
 * Shapes   x [B, ...] → y [B, ...targetShape]
 * Degree   1 in x
 * Throws   ShapeError when the number of elements does not fit targetShape
 */
export const reshapeSpec: LayerSpec<ReshapeConfig> = {
  name: 'reshape',
  title: 'Reshape',
  formula: 'y[b] = x[b] in another shape',
  source: 'Keras Reshape',
  defaults: {},
  required: { targetShape: 'shape of one sample, with at most one -1' },
  samples: [
    { config: { targetShape: [3, 2] }, inputShapes: [[6]] },
    { config: { targetShape: [-1] }, inputShapes: [[2, 1, 2]] },
  ],
  largeSample: { config: { targetShape: [17, 9] }, batch: 65, inputShapes: [[9, 17]] },
  inputKind: 'sample',
  parameterFormula: '0',
  parameterCount: () => 0,
  isSmooth: true,
  degree: () => 1,
  outputShape: ({ targetShape }, inputShapes) =>
    resolveShape(targetShape, singleInput('reshape', inputShapes, 0)),
  parameters: () => [],
  forward({ config, inputs: [x] }) {
    const [batch, ...shape] = x.shape;
    return { output: reshape(x, [batch, ...resolveShape(config.targetShape, shape)]) };
  },
};

function resolveShape(target: Shape, shape: Shape): Shape {
  const known = sizeOf(target.filter((extent) => extent !== -1));
  const missing = known === 0 ? 0 : sizeOf(shape) / known;
  const resolved = target.map((extent) => (extent === -1 ? missing : extent));
  const isFit =
    target.filter((extent) => extent === -1).length <= 1 &&
    resolved.every((extent) => Number.isInteger(extent) && extent >= 0) &&
    sizeOf(resolved) === sizeOf(shape);
  if (isFit) return resolved;
  throw new ShapeError({
    subject: 'reshape',
    expected: `an input that fills targetShape ${formatShape(target)}`,
    received: `${formatBatched(shape)}, ${sizeOf(shape)} elements per sample`,
    fix: 'keep the number of elements; at most one extent may be -1',
  });
}
