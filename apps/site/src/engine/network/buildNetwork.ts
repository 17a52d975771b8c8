import { type Node, type Shape, sizeOf } from '@polyneuron/graph';
import {
  createParameters,
  type LayerSpec,
  layer,
  type ParameterSpec,
  parameterSpecs,
  resolveConfig,
} from '@polyneuron/kernels';
import type { WeightPlace } from '../../protocol/messages.js';
import type { PlannedLayer } from './planNetwork.js';
import { quadraticFeaturesSpec } from './quadraticFeatures.js';

export interface BuiltLayer {
  readonly spec: LayerSpec;
  readonly config: Readonly<Record<string, unknown>>;
  /** Which layer of the network it is part of. */
  readonly part: number;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  readonly parameters: readonly ParameterSpec[];
}

export interface Network {
  readonly inputs: number;
  readonly outputs: number;
  readonly layers: readonly BuiltLayer[];
  /** All weights in one array, layer by layer. */
  readonly places: readonly WeightPlace[];
  readonly parameters: number;
  /** Of the output as a polynomial of the inputs; undefined where it is none. */
  readonly degree: number | undefined;
}

/** Values of all weights by name: float64 where the interpreter trains. */
export type Weights = Readonly<Record<string, Float32Array | Float64Array>>;

/** Layers of this site besides those of @polyneuron/kernels. */
const ownLayers: Readonly<Record<string, LayerSpec>> = { quadraticFeatures: quadraticFeaturesSpec };

/** Name of a weight in programs and messages: 'layer0/kernel'. */
export const weightName = (at: number, parameter: string): string => `layer${at}/${parameter}`;

/**
 * Looks the layers of a plan up and fits them together.
 *
 * Throws   what a layer throws on options and widths that it does not take
 */
export function buildNetwork(plan: readonly PlannedLayer[], inputs: number): Network {
  let shape: Shape = [inputs];
  const layers = plan.map(({ layer: name, config, part }): BuiltLayer => {
    const spec = ownLayers[name] ?? layer(name);
    const inputShape = shape;
    const parameters = parameterSpecs(spec, config, [inputShape]);
    shape = spec.outputShape(resolveConfig(spec, config), [inputShape]);
    return { spec, config, part, inputShape, outputShape: shape, parameters };
  });
  const places = placesOf(layers);
  return {
    inputs,
    outputs: shape[0],
    layers,
    places,
    parameters: places.reduce((sum, { count }) => sum + count, 0),
    degree: degreeOf(layers),
  };
}

function placesOf(layers: readonly BuiltLayer[]): WeightPlace[] {
  let offset = 0;
  return layers.flatMap(({ parameters }, at) =>
    parameters.map(({ name, shape }) => {
      const count = sizeOf(shape);
      const place = { name: weightName(at, name), layer: at, shape, offset, count };
      offset += count;
      return place;
    }),
  );
}

/** Degrees of a composition multiply; a layer that is no polynomial, or whose activation is none, ends it. */
function degreeOf(layers: readonly BuiltLayer[]): number | undefined {
  return layers.reduce<number | undefined>((degree, { spec, config }) => {
    const resolved = resolveConfig(spec, config) as { readonly activation?: string };
    const own = (resolved.activation ?? 'linear') === 'linear' ? spec.degree(resolved) : undefined;
    return degree === undefined || own === undefined ? undefined : degree * own;
  }, 1);
}

/** First values of all weights; each weight of each contestant has a stream of its own. */
export function initialWeights({ layers }: Network, seed: number, contestant: string): Weights {
  const entries = layers.flatMap(({ spec, config, inputShape }, at) =>
    Object.entries(createParameters(spec, config, [inputShape], seed, `${contestant}/layer${at}`)).map(
      ([name, values]) => [weightName(at, name), Float32Array.from(values)] as const,
    ),
  );
  return Object.fromEntries(entries);
}

/** The output of every layer for x [B, inputs]; the last is the network's. */
export function applyNetwork(
  { layers }: Network,
  x: Node,
  weights: Readonly<Record<string, Node>>,
  isTraining: boolean,
): readonly Node[] {
  let output = x;
  return layers.map(({ spec, config, parameters }, at) => {
    const own = Object.fromEntries(parameters.map(({ name }) => [name, weights[weightName(at, name)]]));
    const context = { config: resolveConfig(spec, config), inputs: [output], parameters: own, isTraining };
    output = spec.forward(context).output;
    return output;
  });
}

/** All weights as one array, in the order of `places`. */
export function packWeights({ places, parameters }: Network, weights: Weights, into?: Float32Array) {
  const packed = into ?? new Float32Array(parameters);
  for (const { name, offset } of places) packed.set(weights[name], offset);
  return packed;
}
