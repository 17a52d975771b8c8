/** @file One run of a network at its initialisation: how signals and gradients vary at chosen points of the graph. */
import type { Backend, TensorMap } from '@polyneuron/backend';
import {
  add,
  gradient,
  input,
  mul,
  type Node,
  type Program,
  programOf,
  sizeOf,
  sum,
} from '@polyneuron/graph';
import { initialValues } from '@polyneuron/kernels';

/** A network in which some nodes are looked at. */
export interface DepthGraph {
  /** float32 leaves [B, ...] that are fed normal numbers. */
  readonly inputs: readonly Node[];
  /** Nodes [B, ...]. */
  readonly points: readonly Node[];
  /** What gradients come back from. */
  readonly outputs: readonly Node[];
  /** Values of its state leaves. */
  readonly state: Readonly<Record<string, Float32Array | Int32Array>>;
}

/** At each point. */
export interface Variances {
  readonly forward: readonly number[];
  readonly gradient: readonly number[];
}

const cotangentName = (at: number): string => `dy${at}`;

/**
 * Variances for inputs and cotangents of independent standard normal numbers.
 *
 * forward   mean over a point's elements e of Var over samples of y[·, e]: what varies with the input, not the bias
 * gradient  mean over samples and elements of (∂ Σ dy ⊙ outputs / ∂y)²
 */
export async function measureDepth(backend: Backend, graph: DepthGraph, seed: number): Promise<Variances> {
  const executable = await backend.compile(depthProgram(graph));
  try {
    const { program } = executable;
    for (const [name, data] of Object.entries(graph.state))
      if (name in program.state) executable.write(name, data);
    const feeds: TensorMap = Object.fromEntries(
      Object.entries(program.inputs).map(([name, { shape }]) => [name, normalValues(shape, seed, name)]),
    );
    const outputs = await executable.run(feeds);
    return {
      forward: graph.points.map(({ shape }, at) => signalVariance(outputs[`signal${at}`], shape)),
      gradient: graph.points.map((_, at) => meanSquare(outputs[`gradient${at}`])),
    };
  } finally {
    executable.dispose();
  }
}

function depthProgram({ points, outputs }: DepthGraph): Program {
  const total = outputs
    .map((node, at) => sum(mul(node, input(cotangentName(at), { shape: node.shape, dtype: 'float32' }))))
    .reduce((whole, part) => add(whole, part));
  const slopes = gradient(total, points);
  return programOf('depth', {
    ...Object.fromEntries(points.map((node, at) => [`signal${at}`, node])),
    ...Object.fromEntries(slopes.map((node, at) => [`gradient${at}`, node])),
  });
}

function normalValues(shape: readonly number[], seed: number, path: string): Float32Array {
  const law = { kind: 'normal', mean: 0, stddev: 1 } as const;
  return Float32Array.from(initialValues({ shape, initializer: law }, seed, `depth/${path}`));
}

/** Unbiased variance over the samples of each element, averaged over elements. */
function signalVariance(values: ArrayLike<number>, [batch, ...rest]: readonly number[]): number {
  const width = sizeOf(rest);
  let total = 0;
  for (let element = 0; element < width; element++) {
    let mean = 0;
    for (let row = 0; row < batch; row++) mean += values[row * width + element] / batch;
    let squares = 0;
    for (let row = 0; row < batch; row++) squares += (values[row * width + element] - mean) ** 2;
    total += squares / (batch - 1);
  }
  return total / width;
}

function meanSquare(values: ArrayLike<number>): number {
  let total = 0;
  for (let at = 0; at < values.length; at++) total += values[at] ** 2;
  return total / values.length;
}
