import type { ContestantInfo } from '../../protocol/messages.js';
import { activationLetters, layerKinds, type NetworkLayer } from '../../state/network.js';
import type { Rival } from '../../state/settings.js';
import type { Network } from './buildNetwork.js';

type LayerInfo = ContestantInfo['layers'][number];

/** How the page names a contestant of these layers. */
export function describeNetwork(
  network: readonly NetworkLayer[],
  built: Network,
): Pick<ContestantInfo, 'title' | 'layers'> {
  const own = network.map(({ kind, units, activation }, part): LayerInfo => {
    const width = built.layers.findLast((layer) => layer.part === part)?.outputShape[0] ?? units;
    return {
      title: layerKinds[kind].title,
      layer: kind,
      units: width,
      activation: activationLetters[activation].title,
      isHead: false,
    };
  });
  const layers = hasHead(network, built) ? [...own, headOf(built)] : own;
  return { title: titleOf(layers), layers };
}

export function describeFeatures(built: Network): Pick<ContestantInfo, 'title' | 'layers'> {
  const features = built.layers[0].outputShape[0];
  const info: LayerInfo = {
    title: 'Products of two inputs',
    layer: 'features',
    units: features,
    activation: activationLetters.n.title,
    isHead: false,
  };
  return { title: `linear neuron on ${features} hand-made features`, layers: [info, headOf(built)] };
}

/** The layers that a rival is made of, where it is made of layers of the settings. */
export function rivalNetwork(rival: Rival, built: Network): readonly NetworkLayer[] | undefined {
  if (rival.kind === 'network') return rival.network;
  if (rival.kind === 'features') return undefined;
  return [{ kind: 'd', units: built.layers[0].outputShape[0], options: {}, activation: 't' }];
}

function hasHead(network: readonly NetworkLayer[], built: Network): boolean {
  return built.layers.at(-1)?.part === network.length;
}

function headOf({ outputs }: Network): LayerInfo {
  return { title: 'Dense', layer: 'd', units: outputs, activation: activationLetters.n.title, isHead: true };
}

/** 'quadratic neuron', 'dense net 2 + 1', 'quadratic, dense net 4 + 4 + 1' */
function titleOf(layers: readonly LayerInfo[]): string {
  const kinds = [...new Set(layers.filter(({ isHead }) => !isHead).map(({ title }) => title.toLowerCase()))];
  if (layers.length === 1 && layers[0].units === 1) return `${kinds[0]} neuron`;
  return `${kinds.join(', ')} net ${layers.map(({ units }) => units).join(' + ')}`;
}
