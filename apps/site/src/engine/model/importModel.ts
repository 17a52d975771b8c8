import { layer as layerRecord, resolveConfig } from '@polyneuron/kernels';
import type { ModelFiles } from '../../protocol/messages.js';
import type { NetworkLayer } from '../../state/network.js';
import { buildNetwork, type Weights } from '../network/buildNetwork.js';
import { type PlannedLayer, planNetwork } from '../network/planNetwork.js';
import { misfit } from './misfit.js';
import { type ReadLayer, readLayers, readModelJson, readWeights } from './modelJson.js';
import { networkOfLayers } from './networkOfLayers.js';

export interface ImportedNetwork {
  readonly network: readonly NetworkLayer[];
  readonly weights: Weights;
}

interface Widths {
  readonly inputs: number;
  readonly outputs: number;
}

/**
 * The network and weights of model files, where the playground can show them.
 *
 * A file is taken where the settings that its layers stand for make the same layers again, every option included.
 *
 * Throws   EngineError that says what does not fit
 */
export function importNetwork(files: ModelFiles, widths: Widths): ImportedNetwork {
  const json = readModelJson(files.topology);
  const read = readLayers(json);
  const [first] = read;
  if (first.inputs !== undefined && first.inputs !== widths.inputs)
    throw misfit(`it takes ${first.inputs} inputs, this data set has ${widths.inputs}`);
  const network = networkOfLayers(read, widths);
  const plan = planNetwork(network, widths);
  if (plan.length !== read.length) throw misfit('its layers are not those of a network of the playground');
  plan.forEach((planned, at) => {
    requireSame(planned, read[at]);
  });
  const built = buildNetwork(plan, widths.inputs);
  const values = readWeights(json, files.weights);
  const weights = built.places.map(({ name, layer: at, count }) => {
    const own = `${read[at].name}/${name.split('/')[1]}`;
    const found = values[own];
    if (!found || found.length !== count)
      throw misfit(`${own} has ${found?.length ?? 0} values instead of ${count}`);
    if (!found.every(Number.isFinite)) throw misfit(`${own} has a value that is not finite`);
    return [name, found] as const;
  });
  return { network, weights: Object.fromEntries(weights) };
}

/** Options that only decide how weights begin, or how they are trained. */
const ofTheStart = new Set(['start', 'coefficientInit']);

function requireSame(planned: PlannedLayer, read: ReadLayer): void {
  if (planned.layer !== read.layer) throw misfit(`${read.name} is ${read.layer}, not ${planned.layer}`);
  const expected = resolveConfig(layerRecord(planned.layer), planned.config) as Readonly<
    Record<string, unknown>
  >;
  for (const [key, value] of Object.entries(read.config)) {
    if (!Object.hasOwn(expected, key) || ofTheStart.has(key) || key.endsWith('Initializer')) continue;
    if (JSON.stringify(expected[key]) !== JSON.stringify(value))
      throw misfit(
        `${read.name} has ${key} ${JSON.stringify(value)}, the playground ${JSON.stringify(expected[key])}`,
      );
  }
}
