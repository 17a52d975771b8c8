/** @file Reading model.json of tfjs without tfjs: what the playground needs of it, and nothing taken on trust. */
import { misfit } from './misfit.js';
import { recordNameOf, toCamelCase } from './tfjsNames.js';

export interface ReadLayer {
  readonly name: string;
  /** Name of the record. */
  readonly layer: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Width of the input, where the layer says it. */
  readonly inputs: number | undefined;
}

type Json = Readonly<Record<string, unknown>>;

const longestText = 1_000_000;

export function readModelJson(text: string): Json {
  if (text.length > longestText) throw misfit('model.json is longer than a megabyte');
  try {
    const json: unknown = JSON.parse(text);
    if (isObject(json)) return json;
  } catch {
    // Falls through to the one message
  }
  throw misfit('model.json is not an object of JSON');
}

/** The layers of a Sequential model. */
export function readLayers({ modelTopology }: Json): readonly ReadLayer[] {
  // Models that Keras wrote hold the topology one level deeper
  const outer = isObject(modelTopology) ? modelTopology : {};
  const topology = isObject(outer.model_config) ? outer.model_config : outer;
  const { class_name: className, config } = topology;
  if (className !== 'Sequential' || !isObject(config)) throw misfit('it is no Sequential model');
  const { layers } = config;
  if (!Array.isArray(layers) || layers.length === 0) throw misfit('it has no layers');
  const read = layers.map(readLayer);
  const [first, ...rest] = read;
  // An input layer of its own says the width alone
  if (first.layer !== 'inputLayer') return read;
  const [second, ...others] = rest;
  if (!second) throw misfit('it has no layers');
  return [{ ...second, inputs: first.inputs }, ...others];
}

function readLayer(layer: unknown): ReadLayer {
  if (!isObject(layer) || typeof layer.class_name !== 'string' || !isObject(layer.config))
    throw misfit('a layer has no class or no options');
  const entries = Object.entries(layer.config).map(
    ([key, value]) => [toCamelCase(key), camel(value)] as const,
  );
  const config = Object.fromEntries(entries);
  const shape = config.batchInputShape;
  return {
    name: String(layer.config.name ?? ''),
    layer: recordNameOf(layer.class_name),
    config,
    inputs: Array.isArray(shape) && shape.length === 2 ? Number(shape[1]) : undefined,
  };
}

/** Values of all weights by their name in the file. */
export function readWeights(
  { weightsManifest }: Json,
  bytes: Uint8Array,
): Readonly<Record<string, Float32Array>> {
  if (!Array.isArray(weightsManifest)) throw misfit('model.json lists no weights');
  const values: Record<string, Float32Array> = {};
  let offset = 0;
  for (const { name, shape, dtype, quantization } of weightsManifest.flatMap(weightSpecs)) {
    if (dtype !== 'float32' || quantization !== undefined) throw misfit(`${name} is not of plain float32`);
    const count = shape.reduce((size, extent) => size * extent, 1);
    if (offset + 4 * count > bytes.length) throw misfit('the file of weights is too short');
    // Copied, because a view must start at a multiple of four
    values[name] = new Float32Array(bytes.slice(offset, offset + 4 * count).buffer);
    offset += 4 * count;
  }
  return values;
}

interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: unknown;
  readonly quantization?: unknown;
}

function weightSpecs(group: unknown): WeightSpec[] {
  const specs = isObject(group) ? group.weights : undefined;
  if (!Array.isArray(specs)) throw misfit('model.json lists no weights');
  return specs.map((spec: unknown) => {
    const { name, shape, dtype, quantization } = isObject(spec) ? spec : {};
    const isShape = Array.isArray(shape) && shape.every((extent) => Number.isInteger(extent) && extent >= 0);
    if (typeof name !== 'string' || !isShape) throw misfit('a weight has no name or no shape');
    return { name, shape: shape as number[], dtype, ...(quantization !== undefined && { quantization }) };
  });
}

function camel(value: unknown): unknown {
  return typeof value === 'string' ? toCamelCase(value) : value;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
