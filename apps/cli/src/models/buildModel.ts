import { PolyneuronError } from '@polyneuron/graph';
import { type LayerSpec, resolveConfig } from '@polyneuron/kernels';
import { layerClasses } from '@polyneuron/layers';
import { initializers, layers, type Sequential, sequential } from '@tensorflow/tfjs-layers';
import { UsageError } from '../errors.js';
import type { LayerChoice } from './parseLayers.js';

type Layer = Parameters<Sequential['add']>[0];
type Config = Readonly<Record<string, unknown>>;
type MakeLayer = (config: never, seed: number) => Layer;

/** Stock tfjs layers by the names of our records; the two name their options alike. */
const stockLayers: Readonly<Record<string, MakeLayer>> = {
  dense: seededKernel(layers.dense),
  conv2d: seededKernel(layers.conv2d),
  maxPool2d: (config) => layers.maxPooling2d(config),
  averagePool2d: (config) => layers.averagePooling2d(config),
  globalAveragePool2d: (config) => layers.globalAveragePooling2d(config),
  flatten: (config) => layers.flatten(config),
  reshape: (config) => layers.reshape(config),
  activation: (config) => layers.activation(config),
  softmax: (config) => layers.softmax(config),
  leakyRelu: (config) => layers.leakyReLU(config),
  dropout: (config: object, seed) => layers.dropout({ ...config, seed } as never),
};

/**
 * A tfjs model of the layers, one after the other, each with a seed of its own. The shapes are checked by the records
 * first, whose errors say what is wrong in our terms.
 *
 * Throws   ShapeError or ValueError of a record that does not take its input or an option; UsageError on a layer that
 *          joins several inputs, and on what tfjs rejects beyond that
 */
export function buildModel(
  inputShape: readonly number[],
  choices: readonly LayerChoice[],
  seed: number,
): Sequential {
  const model = sequential();
  model.add(layers.inputLayer({ inputShape: [...inputShape] }));
  let shape = inputShape;
  choices.forEach(({ spec, config }, at) => {
    shape = spec.outputShape(resolveConfig<object>(spec, config), [shape]);
    // A name of our own: initial values derive from it, and tfjs would number layers across models
    const named = { name: `${spec.name}_${at + 1}`, ...config };
    const layer = orUsageError(spec.name, 'options', () => makeLayer(spec, named, seed * 1000 + at));
    orUsageError(spec.name, 'an input', () => model.add(layer));
  });
  return model;
}

/** `subject` is what tfjs then does not take: options of a layer as it is made, an input as it is added. */
function orUsageError<T>(name: string, subject: string, make: () => T): T {
  try {
    return make();
  } catch (cause) {
    if (cause instanceof PolyneuronError) throw cause;
    throw new UsageError({
      subject: `layer '${name}'`,
      expected: `${subject} that its tfjs layer takes`,
      // The first sentence: the rest of tfjs's messages is general advice
      received: `the error '${(cause as Error).message.split(/\.\s|\n/)[0]}'`,
      fix: `see 'polyneuron layers ${name}' for the options, their forms and the inputs`,
    });
  }
}

function makeLayer(spec: LayerSpec, config: Config, seed: number): Layer {
  const LayerClass = layerClasses.find((one) => one.spec.name === spec.name);
  if (LayerClass) return new LayerClass({ ...config, seed } as never) as unknown as Layer;
  const make = stockLayers[spec.name];
  if (make) return make(config as never, seed);
  throw new UsageError({
    subject: '--layers',
    expected: 'layers of one input',
    received: `'${spec.name}', which joins several`,
    fix: 'build such a model in code, and train it with @polyneuron/trainer',
  });
}

/** Glorot uniform by the seed, unless the user chose a law. */
function seededKernel(make: (config: never) => Layer): MakeLayer {
  return (config: object, seed) =>
    make({ kernelInitializer: initializers.glorotUniform({ seed }), ...config } as never);
}
