import { add, mul, type Node, reshape, ShapeError } from '@polyneuron/graph';
import type { LayerSpec } from '../../layerSpec.js';
import { featuresOf, requirePositive, requireWhole, singleInput } from '../checks.js';
import { type LayerNormConfig, scaleAndCenter } from './layerNorm.js';
import { standardize } from './normalize.js';

export interface GroupNormConfig extends LayerNormConfig {
  /** Channels are split into so many groups: 1 normalises a sample as a whole, the number of channels each by itself. */
  readonly groups: number;
}

/**
 * Group normalisation: each sample and group of channels is normalised over its positions and channels together.
 *
 * y = gamma ⊙ (x - mean) / √(variance + epsilon) + beta,   mean and variance of (sample, group)
 *
 * Independent of the batch, unlike a batch norm: training and inference compute the same.
 *
 * Shapes   x [B, ..., C], gamma [C], beta [C] → y of the shape of x
 * Cost     about 7 flops a value
 * Start    gamma = 1, beta = 0: every group with mean 0 and variance 1
 * Numerics as `layerNorm`; a group of one value always gives beta
 * Throws   ShapeError unless there is one input of rank >= 2 whose last axis the groups divide; ValueError on groups
 *          below 1, and unless epsilon is above 0
 * Source   Wu and He 2018, Group Normalization, Eq. (1) and (7); epsilon of Keras (torch has 1e-5)
 *
 * @example
 * // groups 2 of [1, 3, 10, 30]: [-1, 1, -1, 1] up to epsilon
 */
export const groupNormSpec: LayerSpec<GroupNormConfig> = {
  name: 'groupNorm',
  title: 'Group normalization',
  formula: 'y = gamma * (x - mean) / sqrt(variance + epsilon) + beta over each sample and group of channels',
  source: 'Wu and He 2018, Group Normalization',
  defaults: { epsilon: 1e-3, scale: true, center: true },
  required: { groups: 'number of groups of channels' },
  samples: [
    { config: { groups: 2, epsilon: 0.1 }, inputShapes: [[4]] },
    { config: { groups: 2, scale: false, epsilon: 0.1 }, inputShapes: [[2, 3, 4]] },
    { config: { groups: 3, center: false, epsilon: 0.2 }, inputShapes: [[2, 3]] },
    { config: { groups: 1, epsilon: 0.1 }, inputShapes: [[2, 2]] },
  ],
  largeSample: { config: { groups: 3 }, batch: 5, inputShapes: [[13, 11, 15]] },
  inputKind: 'sample',
  starts: { calibrated: {} },
  parameterFormula: '2 channels',
  parameterCount: ({ scale, center }, [shape]) => ((scale ? 1 : 0) + (center ? 1 : 0)) * featuresOf(shape),
  isSmooth: true,
  degree: () => undefined,
  outputShape({ groups, epsilon }, inputShapes) {
    requireWhole('groupNorm', 'groups', groups, 1);
    requirePositive('groupNorm', 'epsilon', epsilon);
    const shape = singleInput('groupNorm', inputShapes);
    if (featuresOf(shape) % groups === 0) return shape;
    throw new ShapeError({
      subject: 'groupNorm',
      expected: `a number of channels that groups: ${groups} divides`,
      received: String(featuresOf(shape)),
      fix: 'pass groups that divide the channels, 1 for all of them at once',
    });
  },
  parameters: (config, [shape]) => scaleAndCenter(config, featuresOf(shape)),
  forward({ config: { groups, epsilon, scale, center }, inputs: [x], parameters: { gamma, beta } }) {
    const standard = standardizeGroups(x, groups, epsilon);
    const scaled = scale ? mul(standard, gamma) : standard;
    return { output: center ? add(scaled, beta) : scaled };
  },
};

/** [B, ..., C] as [B, ..., groups, C / groups], normalised over all axes but the batch and the groups. */
function standardizeGroups(x: Node, groups: number, epsilon: number): Node {
  const lead = x.shape.slice(0, -1);
  const split = reshape(x, [...lead, groups, featuresOf(x.shape) / groups]);
  const axes = split.shape.map((_, axis) => axis).filter((axis) => axis !== 0 && axis !== lead.length);
  return reshape(standardize(split, axes, epsilon), x.shape);
}
