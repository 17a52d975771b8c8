import type { ModelFiles } from '../../protocol/messages.js';
import { printAddress } from '../../state/address.js';
import { datasetInfo, type Task } from '../../state/datasets.js';
import type { Settings } from '../../state/settings.js';
import type { Network, Weights } from '../network/buildNetwork.js';
import { mergeFeatures } from './mergeFeatures.js';
import type { ModelLayer } from './modelLayer.js';
import { classNameOf, type JsonValue, toSnakeCase } from './tfjsNames.js';

/** What the model's numbers are. */
const outputNames: { readonly [K in Task]: string } = {
  binary: 'logit',
  regression: 'target',
  classes: 'logits',
};

/** File that holds the weights, beside model.json. */
export const weightsFile = 'model.weights.bin';

/**
 * The files of a network as `tf.loadLayersModel` reads them, once `registerLayers()` of @polyneuron/layers was called;
 * nets of dense layers alone need no call.
 *
 * The model returns what the network does: logits where there are classes. Options are those of the settings; what they
 * leave out has the default of the layer.
 *
 * Source   written by tfjs-layers 4.22 for the same models; the loader reads keys and strings in snake case
 */
export function exportModel(network: Network, weights: Weights, settings: Settings, task: Task): ModelFiles {
  const layers = mergeFeatures(layersOf(network, weights), network.inputs);
  const named = layers.map((layer, at) => ({ ...layer, name: `layer${at}` }));
  const values = named.flatMap((layer) => layer.weights.flatMap((weight) => Array.from(weight.values)));
  const json = {
    modelTopology: {
      class_name: 'Sequential',
      config: { name: 'polyneuron_playground', layers: named.map((one, at) => layerJson(one, at, network)) },
      keras_version: 'tfjs-layers 4.22.0',
      backend: 'tensor_flow.js',
    },
    format: 'layers-model',
    generatedBy: 'polyneuron playground',
    convertedBy: null,
    weightsManifest: [
      {
        paths: [weightsFile],
        weights: named.flatMap(({ name, weights: own }) =>
          own.map((weight) => ({ name: `${name}/${weight.name}`, shape: weight.shape, dtype: 'float32' })),
        ),
      },
    ],
    userDefinedMetadata: metadataOf(settings, task),
  };
  return {
    topology: JSON.stringify(json, undefined, 2),
    weights: new Uint8Array(Float32Array.from(values).buffer),
  };
}

function layersOf(network: Network, weights: Weights): ModelLayer[] {
  return network.layers.map(({ spec, config }, at) => ({
    layer: spec.name,
    config,
    weights: network.places
      .filter(({ layer }) => layer === at)
      .map(({ name, shape }) => ({ name: name.split('/')[1], shape, values: weights[name] })),
  }));
}

function layerJson(
  { layer, config, name }: ModelLayer & { readonly name: string },
  at: number,
  { inputs }: Network,
) {
  const options = Object.entries(config).map(([key, value]) => [toSnakeCase(key), pythonic(value)] as const);
  return {
    class_name: classNameOf(layer),
    config: {
      name,
      trainable: true,
      ...(at === 0 && { batch_input_shape: [null, inputs], dtype: 'float32' }),
      ...Object.fromEntries(options),
    },
  };
}

function pythonic(value: unknown): JsonValue {
  return typeof value === 'string' ? toSnakeCase(value) : (value as JsonValue);
}

function metadataOf(settings: Settings, task: Task): Readonly<Record<string, JsonValue>> {
  const { inputNames } = datasetInfo[settings.dataset];
  return {
    playground: printAddress(settings),
    inputs: inputNames,
    output: outputNames[task],
  };
}
