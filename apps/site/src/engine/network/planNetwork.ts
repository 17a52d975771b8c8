/**
 * @file A network as layers of @polyneuron/kernels and their options, by name: plain data, so that the code text, the
 * model file and the training program are made of the same list. Imports no layer.
 */
import { activationLetters, type LayerKind, layerKinds, type NetworkLayer } from '../../state/network.js';

export interface PlannedLayer {
  /** Name of the record. */
  readonly layer: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Which layer of the network it is part of; `network.length` for the head. */
  readonly part: number;
}

/** The layer that a network ends in where its last one has not the outputs of the problem. */
export const headPart = (network: readonly NetworkLayer[]): number => network.length;

interface Place {
  readonly isFirst: boolean;
}

type Plan = (layer: NetworkLayer, place: Place) => Omit<PlannedLayer, 'part'>;

const withActivation =
  (plan: Plan): Plan =>
  (layer, place) => {
    const planned = plan(layer, place);
    const { activation } = activationLetters[layer.activation];
    return { ...planned, config: { ...planned.config, activation } };
  };

/** Layers with an activation of their own take it; 'cross' and 'taylor' have none and get a layer for it. */
const plans: { readonly [K in LayerKind]: Plan } = {
  q: withActivation(({ units, options: { r = 0 } }) => ({
    layer: 'quadraticForm',
    config: { units, form: r === 0 ? 'symmetric' : 'lowRank', ...(r > 0 && { rank: r }) },
  })),
  x: ({ options: { d = 1 } }) => ({ layer: 'crossNetwork', config: { numLayers: d } }),
  h: withActivation(({ units, options: { w = 0 } }) => ({
    layer: 'hyperDense',
    config: { units, hiddenUnits: w, hiddenActivation: 'tanh' },
  })),
  t: ({ units, options: { d = 2 } }) => ({ layer: 'taylor', config: { degree: d, mode: 'mixing', units } }),
  // The inputs of the first layer are in [-1, 1] as they come; those of later ones are anything
  c: withActivation(({ units, options: { d = 4 } }, { isFirst }) => ({
    layer: 'orthogonalPolynomial',
    config: { units, degree: d, normalization: isFirst ? 'none' : 'tanh' },
  })),
  f: withActivation(({ units, options: { r = 2 } }) => ({
    layer: 'factorizationMachine',
    config: { units, factors: r },
  })),
  d: withActivation(({ units }) => ({ layer: 'dense', config: { units } })),
};

/**
 * The layers of a network for a problem of `outputs` numbers, activations and head included.
 *
 * A network whose last layer has as many units and no activation needs no head; any other gets a dense layer on top.
 *
 * @example
 * planNetwork([{ kind: 'd', units: 2, options: {}, activation: 't' }], { inputs: 2, outputs: 1 }).length // => 2
 */
export function planNetwork(
  network: readonly NetworkLayer[],
  { inputs, outputs }: { readonly inputs: number; readonly outputs: number },
): readonly PlannedLayer[] {
  const planned = network.flatMap((layer, part): PlannedLayer[] => {
    const own = plans[layer.kind](layer, { isFirst: part === 0 });
    const { activation } = activationLetters[layer.activation];
    const needsActivation = !('activation' in own.config) && layer.activation !== 'n';
    return [
      { ...own, part },
      ...(needsActivation ? [{ layer: 'activation', config: { activation }, part }] : []),
    ];
  });
  return needsHead(network, inputs, outputs)
    ? [...planned, { layer: 'dense', config: { units: outputs }, part: headPart(network) }]
    : planned;
}

export function needsHead(network: readonly NetworkLayer[], inputs: number, outputs: number): boolean {
  return widthOf(network, inputs) !== outputs || network.at(-1)?.activation !== 'n';
}

/** Outputs of the last layer: layers without units have as many as the layer before. */
function widthOf(network: readonly NetworkLayer[], inputs: number): number {
  return network.reduce((width, { kind, units }) => (layerKinds[kind].hasUnits ? units : width), inputs);
}
