/** @file The parameters of the hypernetwork of `hyperDense` and `hyperNetwork`, and how many values they have. */
import { type Shape, sizeOf } from '@polyneuron/graph';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { ParameterSpec } from '../../layerSpec.js';
import { featuresOf } from '../checks.js';
import { baseName, chunkCount, type Generator, generatorNetwork } from './generatorOptions.js';
import { hyperfanVariances } from './hyperfan.js';
import { secondMoments } from './secondMoments.js';
import { taskKernelShapes, taskTensors, taskWeightCount } from './taskNetwork.js';

/** Features of z before the encoding. */
function zFeatures({ config }: Generator, [x, z = x]: readonly Shape[]): number {
  return config.weightSource === 'static' ? config.embeddingSize : featuresOf(z);
}

/** Features that the first affine map of the hypernetwork reads: z encoded, and a chunk embedding. */
function firstFeatures(generator: Generator, inputShapes: readonly Shape[]): number {
  const { zEncoding, chunkSize, chunkEmbeddingSize } = generator.config;
  const encoded = zFeatures(generator, inputShapes) * (zEncoding === 'cosSin' ? 2 : 1);
  return encoded + (chunkSize === null ? 0 : chunkEmbeddingSize);
}

/**
 * E[h²] of what the emission reads, at the start: z and embeddings have 1, their cosSin encoding 1/2, and each hidden
 * layer the second moment of its activation. A kernelInitializer whose variance does not follow from the fans is taken
 * to give hidden layers unit variance.
 */
function emissionMoment(generator: Generator, first: number): number {
  const {
    zEncoding,
    chunkSize,
    chunkEmbeddingSize,
    kernelInitializer: law,
    hiddenActivation,
  } = generator.config;
  const ofChunks = chunkSize === null ? 0 : chunkEmbeddingSize;
  const ofZ = first - ofChunks;
  let moment = (ofZ * (zEncoding === 'cosSin' ? 1 / 2 : 1) + ofChunks) / first;
  let fanIn = first;
  for (const { units } of generator.hidden) {
    const variance =
      law.kind === 'varianceScaling' && law.scale > 0
        ? (moment * fanIn * law.scale) / { fanIn, fanOut: units, fanAvg: (fanIn + units) / 2 }[law.mode]
        : 1;
    moment = secondMoments(hiddenActivation, variance).value;
    fanIn = units;
  }
  return moment;
}

/** In the order: embeddings, hidden layers, emission, base, projections. */
export function generatorParameters(generator: Generator, inputShapes: readonly Shape[]): ParameterSpec[] {
  const { config } = generator;
  const { base } = config;
  const [n] = inputShapes.map(featuresOf);
  const generated = [
    ...embeddings(generator, inputShapes),
    ...hiddenLayers(generator, inputShapes),
    ...emissions(generator, inputShapes),
  ];
  return [
    // A base makes what is generated the higher-order part of a plain network.
    ...generated.map((parameter) => (base ? ({ ...parameter, group: 'higherOrder' } as const) : parameter)),
    ...(base ? bases(generator, n) : []),
    ...projections(generator, n),
  ];
}

function embeddings(generator: Generator, inputShapes: readonly Shape[]): ParameterSpec[] {
  const { weightSource, embeddingSize, zEncoding, chunkSize, chunkEmbeddingSize } = generator.config;
  const standard: InitializerConfig = { kind: 'normal', mean: 0, stddev: 1 };
  const unitInterval: InitializerConfig = { kind: 'uniform', min: 0, max: 1 };
  const embedding = (name: string, shape: Shape, initializer: InitializerConfig): ParameterSpec => ({
    name,
    shape,
    role: 'other',
    initializer,
  });
  const chunks = chunkCount(generator, featuresOf(inputShapes[0]));
  return [
    ...(weightSource === 'static'
      ? [embedding('embedding', [embeddingSize], zEncoding === 'cosSin' ? unitInterval : standard)]
      : []),
    ...(chunkSize === null ? [] : [embedding('chunkEmbedding', [chunks, chunkEmbeddingSize], standard)]),
  ];
}

function hiddenLayers(generator: Generator, inputShapes: readonly Shape[]): ParameterSpec[] {
  const { config, hidden } = generator;
  return hidden.flatMap(({ name, units }, at): ParameterSpec[] => [
    {
      name: `${name}Kernel`,
      shape: [at === 0 ? firstFeatures(generator, inputShapes) : hidden[at - 1].units, units],
      role: 'kernel',
      initializer: config.kernelInitializer,
      fanAxes: { in: [0], out: [1] },
    },
    { name: `${name}Bias`, shape: [units], role: 'bias', initializer: config.biasInitializer },
  ]);
}

function emissions(generator: Generator, inputShapes: readonly Shape[]): ParameterSpec[] {
  const { config, hidden } = generator;
  const { chunkSize, base, emissionInitializer, biasInitializer } = config;
  const first = firstFeatures(generator, inputShapes);
  const columns = chunkSize ?? taskWeightCount(generatorNetwork(generator, featuresOf(inputShapes[0])));
  return [
    {
      name: 'emissionKernel',
      shape: [hidden.at(-1)?.units ?? first, columns],
      role: 'kernel',
      initializer: emissionInitializer ?? emissionLaw(generator, inputShapes),
      fanAxes: { in: [0], out: [1] },
    },
    // A base would say the same twice.
    ...(base
      ? []
      : [{ name: 'emissionBias', shape: [columns], role: 'bias', initializer: biasInitializer } as const]),
  ];
}

/** Columns of variance v / (H E[h²]), so that θ = h E has variance v: that of its tensor, or 1 in chunks. */
function emissionLaw(generator: Generator, inputShapes: readonly Shape[]): InitializerConfig {
  const { start, taskActivation, chunkSize } = generator.config;
  const network = generatorNetwork(generator, featuresOf(inputShapes[0]));
  const moment = emissionMoment(generator, firstFeatures(generator, inputShapes));
  const law = (variance: number): InitializerConfig => ({
    kind: 'varianceScaling',
    scale: variance / moment,
    mode: 'fanIn',
    distribution: 'uniform',
  });
  if (start === 'zeroDelta') return initializers.zeros;
  if (chunkSize !== null) return law(1);
  const variances = hyperfanVariances(network, taskActivation, start);
  const laws = taskTensors(network).flatMap(({ shape }, at) =>
    new Array<InitializerConfig>(sizeOf(shape)).fill(law(variances[at])),
  );
  return { kind: 'stacked', axis: 1, laws };
}

function bases(generator: Generator, n: number): ParameterSpec[] {
  const { kernelInitializer, biasInitializer } = generator.config;
  const laws = {
    kernel: kernelInitializer,
    u: kernelInitializer,
    v: kernelInitializer,
    // x U V at the start
    core: initializers.identity,
    bias: biasInitializer,
  } as const;
  return taskTensors(generatorNetwork(generator, n)).map((tensor) => ({
    name: baseName(tensor),
    shape: tensor.shape,
    role: tensor.kind === 'bias' ? 'bias' : 'kernel',
    initializer: laws[tensor.kind],
    ...(tensor.kind !== 'bias' && { fanAxes: { in: [0], out: [1] } }),
  }));
}

function projections(generator: Generator, n: number): ParameterSpec[] {
  const { rank, rankForm, kernelInitializer } = generator.config;
  if (rank === null || rankForm === 'factors') return [];
  const projection = (name: string, rows: number, columns: number): ParameterSpec => ({
    name,
    shape: [rows, columns],
    role: 'kernel',
    initializer: kernelInitializer,
    fanAxes: { in: [0], out: [1] },
  });
  return taskKernelShapes(generatorNetwork(generator, n)).flatMap(([rows, columns], layer) => [
    projection(`projectionU${layer}`, rows, rank),
    projection(`projectionV${layer}`, rank, columns),
  ]);
}

/** Σ of everything above in closed form: P generated weights, H features into the emission, C chunks. */
export function generatorParameterCount(generator: Generator, inputShapes: readonly Shape[]): number {
  const { config, hidden, taskUnits } = generator;
  const { weightSource, embeddingSize, chunkSize, chunkEmbeddingSize, base, rank, rankForm } = config;
  const n = featuresOf(inputShapes[0]);
  const widths = [firstFeatures(generator, inputShapes), ...hidden.map(({ units }) => units)];
  const weights = taskWeightCount(generatorNetwork(generator, n));
  const emitted = chunkSize ?? weights;
  const kernelSides = taskUnits.reduce((total, units, at) => total + units + (taskUnits[at - 1] ?? n), 0);
  return (
    (weightSource === 'static' ? embeddingSize : 0) +
    (chunkSize === null ? 0 : Math.ceil(weights / chunkSize) * chunkEmbeddingSize) +
    hidden.reduce((total, { units }, at) => total + (widths[at] + 1) * units, 0) +
    (widths[hidden.length] + (base ? 0 : 1)) * emitted +
    (base ? weights : 0) +
    (rank !== null && rankForm === 'core' ? rank * kernelSides : 0)
  );
}
