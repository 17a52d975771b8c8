import { type Node, reshape, sizeOf } from '@polyneuron/graph';
import { activation } from '../../activations/activations.js';
import { featuresOf } from '../checks.js';
import { asGroups } from './conditioning.js';
import { type Generator, generatorNetwork } from './generatorOptions.js';
import { runTaskNetwork } from './taskNetwork.js';
import { generateWeights, projectionsOf } from './weightGenerator.js';

/**
 * The forward pass of `hyperDense` and `hyperNetwork`: generate the weights, then run the network with them.
 *
 * Shapes   [x] or [x, z], x [B, ..., n] → [B, ..., last units]
 */
export function generatedNetwork(
  generator: Generator,
  [x, z = x]: readonly Node[],
  p: Readonly<Record<string, Node>>,
): Node {
  const { config, taskUnits } = generator;
  const n = featuresOf(x.shape);
  const isStatic = config.weightSource === 'static';
  const groups = isStatic
    ? { x: reshape(x, [sizeOf(x.shape.slice(0, -1)), n]), z: undefined }
    : asGroups(x, z);
  const y = runTaskNetwork(
    generatorNetwork(generator, n),
    config.taskActivation,
    groups.x,
    generateWeights(generator, n, groups.z, p),
    projectionsOf(generator, p),
  );
  return activation(config.activation).apply(
    reshape(y, [...x.shape.slice(0, -1), taskUnits[taskUnits.length - 1]]),
  );
}
