import {
  type ActivationLetter,
  activationLetters,
  type LayerKind,
  layerCountRange,
  layerKinds,
  type NetworkLayer,
  type OptionLetter,
  unitsRange,
} from '../../state/network.js';
import { isWithin } from '../../state/range.js';
import { needsHead } from '../network/planNetwork.js';
import { misfit } from './misfit.js';
import type { ReadLayer } from './modelJson.js';
import { classNameOf } from './tfjsNames.js';

type Options = Partial<Record<OptionLetter, number>>;
type OptionsOf = (config: Readonly<Record<string, unknown>>) => Options;

const whole = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN);

/** The options of a kind, from those of its record. */
const optionsOf: { readonly [K in LayerKind]: OptionsOf } = {
  q: ({ form, rank }) => ({ r: form === 'lowRank' ? whole(rank) : 0 }),
  x: ({ numLayers }) => ({ d: whole(numLayers) }),
  h: ({ hiddenUnits }) => ({ w: whole(hiddenUnits) }),
  t: ({ degree }) => ({ d: whole(degree) }),
  c: ({ degree }) => ({ d: whole(degree) }),
  f: ({ factors }) => ({ r: whole(factors) }),
  d: () => ({}),
};

/** The settings that make these layers, without the head where there is one. Throws EngineError where none do. */
export function networkOfLayers(
  read: readonly ReadLayer[],
  { inputs, outputs }: { readonly inputs: number; readonly outputs: number },
): readonly NetworkLayer[] {
  const layers: NetworkLayer[] = [];
  for (const { layer, config, name } of read) {
    const activation = letterOf(config.activation, name);
    const last = layers.at(-1);
    if (layer === 'activation' && last?.activation === 'n') {
      layers[layers.length - 1] = { ...last, activation };
      continue;
    }
    layers.push({ ...kindOf(layer, config, name), activation });
  }
  const [last, before] = [layers.at(-1), layers.slice(0, -1)];
  const isHead =
    last?.kind === 'd' &&
    last.activation === 'n' &&
    last.units === outputs &&
    before.length > 0 &&
    needsHead(before, inputs, outputs);
  const network = isHead ? before : layers;
  if (!isWithin(network.length, layerCountRange))
    throw misfit(`it has ${network.length} layers, and ${layerCountRange.max} are the most`);
  return network;
}

function kindOf(layer: string, config: Readonly<Record<string, unknown>>, name: string): NetworkLayer {
  const kinds = Object.keys(layerKinds) as LayerKind[];
  const kind = kinds.find((one) => layerKinds[one].layer === layer);
  if (!kind) throw misfit(`${name} is a layer of another kind, ${classNameOf(layer).slice(0, 40)}`);
  const options = optionsOf[kind](config);
  for (const [letter, spec] of Object.entries(layerKinds[kind].options)) {
    const value = options[letter as OptionLetter] as number;
    if (!isWithin(value, spec)) throw misfit(`${name} has ${spec.title} ${value}`);
  }
  const units = layerKinds[kind].hasUnits ? whole(config.units) : 1;
  if (!isWithin(units, unitsRange))
    throw misfit(`${name} has ${units} units, and ${unitsRange.max} are the most`);
  return { kind, units, options, activation: 'n' };
}

function letterOf(activation: unknown, name: string): ActivationLetter {
  if (activation === undefined) return 'n';
  const letters = Object.keys(activationLetters) as ActivationLetter[];
  const found = letters.find((letter) => activationLetters[letter].activation === activation);
  if (!found) throw misfit(`${name} has another activation, ${String(activation).slice(0, 40)}`);
  return found;
}
