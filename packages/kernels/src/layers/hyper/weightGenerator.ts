/**
 * @file The hypernetwork of `hyperDense` and `hyperNetwork`: from z, or from a learned embedding, to the tensors of a
 * task network. `generatorParameters.ts` lists its parameters, `generatorOptions.ts` its options.
 */
import {
  add,
  concat,
  cos,
  expandDims,
  matMul,
  mul,
  type Node,
  reshape,
  sin,
  sizeOf,
  sliceAxis,
} from '@polyneuron/graph';
import { activation } from '../../activations/activations.js';
import { featuresOf } from '../checks.js';
import { baseName, type Generator, generatorNetwork } from './generatorOptions.js';
import { hyperfanVariances } from './hyperfan.js';
import { splitTaskWeights, type TaskProjections, taskTensors } from './taskNetwork.js';

type Parameters = Readonly<Record<string, Node>>;

/**
 * Every tensor of the task network, in the order of `taskTensors`.
 *
 * h = the hidden layers on z, or on [z, e_c] for each chunk embedding e_c
 * θ = h E + e, cut into tensors;  θ_t += base_t with a base
 *
 * Chunks share one emission, which knows no tensor: each tensor of θ is then multiplied by the constant standard
 * deviation that hyperfan-in gives it.
 *
 * Shapes   z [G, m] → tensors [G, ...]; without z, the learned embedding: tensors without a leading axis
 */
export function generateWeights(generator: Generator, n: number, z: Node | undefined, p: Parameters): Node[] {
  const { config, hidden } = generator;
  const encoded = encode(config.zEncoding, z ?? p.embedding);
  const below = hidden.reduce((input, { name }, at) => {
    const linear =
      at === 0 && p.chunkEmbedding !== undefined
        ? affineOfChunks(input, p.chunkEmbedding, p[`${name}Kernel`], p[`${name}Bias`])
        : affine(input, p[`${name}Kernel`], p[`${name}Bias`]);
    return activation(config.hiddenActivation).apply(linear);
  }, encoded);
  const network = generatorNetwork(generator, n);
  const tensors = emit(generator, n, below, p);
  const names = taskTensors(network).map(baseName);
  return config.base ? tensors.map((tensor, at) => add(tensor, p[names[at]])) : tensors;
}

/** U and V of every layer whose core is generated. */
export function projectionsOf({ taskUnits }: Generator, p: Parameters): TaskProjections[] {
  return p.projectionU0 === undefined
    ? []
    : taskUnits.map((_, layer) => ({ u: p[`projectionU${layer}`], v: p[`projectionV${layer}`] }));
}

/** [cos πz/2, sin πz/2]: of constant norm √m, whatever z. */
function encode(encoding: Generator['config']['zEncoding'], z: Node): Node {
  if (encoding === 'none') return z;
  const angle = mul(z, Math.PI / 2);
  return concat([cos(angle), sin(angle)], -1);
}

function affine(x: Node, kernel: Node, bias: Node | undefined): Node {
  const linear = matMul(x, kernel);
  return bias === undefined ? linear : add(linear, bias);
}

/** [z, e_c] K + b = z K_z + (e_c K_e + b) for every chunk: [..., m] and [C, k] → [..., C, columns]. */
function affineOfChunks(z: Node, chunks: Node, kernel: Node, bias: Node | undefined): Node {
  const m = featuresOf(z.shape);
  const own = matMul(z, sliceAxis(kernel, 0, 0, m));
  const ofChunks = affine(chunks, sliceAxis(kernel, 0, m, featuresOf(chunks.shape)), bias);
  return add(expandDims(own, own.shape.length - 1), ofChunks);
}

/** All weights at once, or by chunks. */
function emit(generator: Generator, n: number, below: Node, p: Parameters): Node[] {
  const { config, hidden } = generator;
  const network = generatorNetwork(generator, n);
  const { emissionKernel, emissionBias, chunkEmbedding } = p;
  if (chunkEmbedding === undefined)
    return splitTaskWeights(network, affine(below, emissionKernel, emissionBias));
  const chunks =
    hidden.length === 0
      ? affineOfChunks(below, chunkEmbedding, emissionKernel, emissionBias)
      : affine(below, emissionKernel, emissionBias);
  const lead = chunks.shape.slice(0, -2);
  const flat = reshape(chunks, [...lead, sizeOf(chunks.shape.slice(-2))]);
  const variances = hyperfanVariances(network, config.taskActivation, 'hyperfanIn');
  return splitTaskWeights(network, flat).map((tensor, at) => mul(tensor, Math.sqrt(variances[at])));
}
