import type { Backend } from '@polyneuron/backend';
import { gather, gradient, input, mean, type Node, programOf, state } from '@polyneuron/graph';
import type { DataSet } from '../data/dataSet.js';
import { applyNetwork, type BuiltLayer, type Network, type Weights } from '../network/buildNetwork.js';
import type { Objective } from '../programs/objective.js';
import { rowsName, xName, yName } from '../programs/trainingProgram.js';

export interface DivergencePlace {
  /** 'layer 1 (taylor)' */
  readonly layer: string;
  /** 'output', 'loss', 'gradient of kernel' */
  readonly tensor: string;
}

/**
 * The first tensor of a training step that is not finite: outputs from the first layer on, the loss, then gradients from
 * the last layer back, as they are computed. Where all of them are finite the optimizer's step itself was too large.
 */
export async function findDivergence(
  backend: Backend,
  network: Network,
  objective: Objective,
  data: DataSet,
  batch: Int32Array,
  weights: Weights,
): Promise<DivergencePlace> {
  const rows = input(rowsName, { shape: [batch.length], dtype: 'int32' });
  const x = gather(state(xName, { shape: [data.count, data.inputs], dtype: 'float32' }), rows);
  const y = gather(state(yName, { shape: [data.count, 1], dtype: 'float32' }), rows);
  const leaves = Object.fromEntries(
    network.places.map(({ name, shape }) => [name, input(name, { shape, dtype: 'float32' })]),
  );
  const layers = applyNetwork(network, x, leaves, true);
  const loss = mean(objective.perSample(y, layers.at(-1) as Node));
  const gradients = gradient(loss, Object.values(leaves));
  const candidates = [
    ...layers.map((node, at) => ({ node, layer: at, tensor: 'output' })),
    { node: loss, layer: layers.length - 1, tensor: 'loss' },
    ...network.places
      .map(({ name, layer }, at) => ({
        node: gradients[at],
        layer,
        tensor: `gradient of ${name.split('/')[1]}`,
      }))
      .reverse(),
  ];
  const executable = await backend.compile(
    programOf('divergence', Object.fromEntries(candidates.map(({ node }, at) => [`value${at}`, node]))),
  );
  executable.write(xName, data.seenX);
  executable.write(yName, data.seenY);
  const own = network.places.map(({ name }) => [name, weights[name]] as const);
  const values = await executable.run({ [rowsName]: batch, ...Object.fromEntries(own) });
  executable.dispose();
  const found = candidates.find((_, at) => !values[`value${at}`].every(Number.isFinite));
  const { layer, tensor } = found ?? { layer: network.layers.length - 1, tensor: 'weights after the step' };
  return { layer: layerTitle(network.layers[layer], layer), tensor };
}

export function layerTitle({ spec }: BuiltLayer, at: number): string {
  return `layer ${at + 1} (${spec.title})`;
}
