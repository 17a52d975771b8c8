/** @file A sequential network of layer records, with the names and first weights that it has in every case. */
import type { TensorMap } from '@polyneuron/backend';
import { type Node, type Shape, state } from '@polyneuron/graph';
import { createParameters, layer, parameterSpecs, resolveConfig } from '@polyneuron/kernels';
import type { TrainingTask } from '../cases/benchCase.js';

const seed = 1;

/** Layers one after the other. */
export type Network = Pick<TrainingTask, 'layers'>;

/** Name of the state entry of a weight: `layer0/kernel`. */
export const weightName = (at: number, parameter: string): string => `layer${at}/${parameter}`;

/** Parameters of each layer, in order, with the input shape that each layer has. */
export function plannedParameters({ layers }: Network, sampleShape: Shape) {
  let shape = sampleShape;
  return layers.map(({ layer: name, config }) => {
    const spec = layer(name);
    const inputShape = shape;
    shape = spec.outputShape(resolveConfig(spec, config), [inputShape]);
    return { spec, config, inputShape, parameters: parameterSpecs(spec, config, [inputShape]) };
  });
}

/** The first weights of each layer, by the names of their state entries. */
export function firstWeights(network: Network, sampleShape: Shape): Record<string, TensorMap[string]> {
  return Object.fromEntries(
    plannedParameters(network, sampleShape).flatMap(({ spec, config, inputShape }, at) =>
      Object.entries(createParameters(spec, config, [inputShape], seed, `layer${at}`)).map(
        ([name, values]) => [weightName(at, name), values],
      ),
    ),
  );
}

/** A sequential network on `x`, its weights leaves of the names that they have in every case. */
export function applyNetwork(network: Network, x: Node, isTraining: boolean) {
  const weights: Record<string, Node> = {};
  let output = x;
  plannedParameters(network, x.shape.slice(1)).forEach(({ spec, config, parameters }, at) => {
    const leaves = parameters.map(({ name, shape, dtype = 'float32' }) => {
      return [name, state(weightName(at, name), { shape, dtype })] as const;
    });
    for (const [name, leaf] of leaves) weights[weightName(at, name)] = leaf;
    const context = { config: resolveConfig(spec, config), parameters: Object.fromEntries(leaves) };
    output = spec.forward({ ...context, inputs: [output], isTraining }).output;
  });
  return { output, weights };
}
