import type { ContestantInfo, Problem } from '../../protocol/messages.js';
import { datasetInfo } from '../../state/datasets.js';
import type { Settings } from '../../state/settings.js';
import type { DataSet } from '../data/dataSet.js';
import { glyphClassNames } from '../data/glyphs.js';
import type { Network } from '../network/buildNetwork.js';
import { describeFeatures, describeNetwork, rivalNetwork } from '../network/describeNetwork.js';
import type { Contestant } from './contestant.js';
import type { Duel } from './duel.js';

export function describeProblem({ dataset }: Settings, data: DataSet): Problem {
  const { inputNames, imageShape } = datasetInfo[dataset];
  const largest = data.y.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return {
    task: data.task,
    inputNames,
    view: imageShape ? 'images' : inputNames.length === 2 ? 'plane' : 'slice',
    x: data.seenX.slice(),
    y: data.y.slice(),
    isTest: data.isTest.slice(),
    targetScale: data.task === 'regression' && largest > 0 ? largest : 1,
    inputScales: data.inputScales,
    scoreTitle: data.task === 'regression' ? 'test RMSE' : 'test accuracy',
    ...(imageShape && { imageShape, classNames: glyphClassNames }),
  };
}

export function describeContestants({ settings, contestants }: Duel): [ContestantInfo, ContestantInfo] {
  const [ours, rival] = contestants;
  const layers = rivalNetwork(settings.rival, rival.network);
  return [
    { ...describeNetwork(settings.network, ours.network), ...figuresOf(ours) },
    {
      ...(layers ? describeNetwork(layers, rival.network) : describeFeatures(rival.network)),
      ...figuresOf(rival),
    },
  ];
}

function figuresOf({ network, flopsPerStep }: Contestant) {
  const { parameters, degree } = network;
  return {
    parameters,
    flopsPerStep,
    ...(degree !== undefined && { degree }),
    weights: placesByPart(network),
  };
}

/** Weights with the layer of the settings that they belong to, in place of that of the program. */
function placesByPart({ places, layers }: Network) {
  return places.map((place) => ({ ...place, layer: layers[place.layer].part }));
}

/** Sentences about what was done otherwise than asked. */
export function noticesOf({ dataset, loss, network }: Settings, { task }: DataSet): string[] {
  const quadratic = network[0]?.kind === 'q' && (network[0].options.r ?? 0) === 0;
  return [
    ...(task === 'regression' && loss === 'logistic'
      ? ['A regression has no logistic loss: the squared error takes its place.']
      : []),
    ...(dataset === 'glyphs' && quadratic
      ? ['A full quadratic form has 19,306 products of two pixels per unit; a rank makes it small.']
      : []),
  ];
}
