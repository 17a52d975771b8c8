import { constant, gradient, input, interpretNodes, mul, type Node, sum } from '@polyneuron/graph';
import { testRandom } from '@polyneuron/testing';
import type { LayerSpec } from '../../../layerSpec.js';
import { resolveConfig } from '../../../resolveConfig.js';
import { createParameters } from '../../parameters.js';

export interface Stack {
  /** Features of the input and of every layer. */
  readonly width: number;
  readonly depth: number;
  readonly batch: number;
  readonly seed: number;
}

interface DrawnStack {
  readonly x: Node;
  /** Of each layer. */
  readonly outputs: readonly Node[];
  readonly inputs: Readonly<Record<string, ArrayLike<number>>>;
}

/**
 * Variance of the output of each layer, over batch and units, for a standard normal input and layers of one kind at
 * their start, each with weights of its own; in float64.
 */
export function forwardVariances<C extends object>(
  spec: LayerSpec<C>,
  given: Partial<C>,
  stack: Stack,
): number[] {
  const { outputs, inputs } = drawStack(spec, given, stack);
  return interpretNodes(outputs, { inputs }).map(variance);
}

/** Variance of the derivative with respect to the input of the stack, for a standard normal cotangent. */
export function backwardVariance<C extends object>(
  spec: LayerSpec<C>,
  given: Partial<C>,
  stack: Stack,
): number {
  const { x, outputs, inputs } = drawStack(spec, given, stack);
  const y = outputs[stack.depth - 1];
  const dy = constant(testRandom(stack.seed + 1000).normals(stack.batch * stack.width), y.shape);
  return variance(interpretNodes(gradient(sum(mul(y, dy)), [x]), { inputs })[0]);
}

function drawStack<C extends object>(
  spec: LayerSpec<C>,
  given: Partial<C>,
  { width, depth, batch, seed }: Stack,
): DrawnStack {
  const config = resolveConfig(spec, given);
  const x = input('x', { shape: [batch, width], dtype: 'float32' });
  const inputs: Record<string, ArrayLike<number>> = { x: testRandom(seed).normals(batch * width) };
  const outputs: Node[] = [];
  for (let layer = 0; layer < depth; layer++) {
    const path = `${spec.name}_${layer}`;
    const drawn = createParameters(spec, given, [[width]], seed, path);
    const leaves = spec.parameters(config, [[width]]).map(({ name, shape }) => {
      inputs[`${path}/${name}`] = drawn[name];
      return [name, input(`${path}/${name}`, { shape, dtype: 'float32' })] as const;
    });
    const context = { config, inputs: [outputs.at(-1) ?? x], parameters: Object.fromEntries(leaves) };
    outputs.push(spec.forward({ ...context, isTraining: false }).output);
  }
  return { x, outputs, inputs };
}

function variance(values: Float64Array): number {
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  return values.reduce((total, value) => total + (value - mean) ** 2, 0) / values.length;
}
