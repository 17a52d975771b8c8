import {
  add,
  constant,
  gradient,
  interpretNodes,
  mul,
  type Node,
  type NodeOf,
  reshape,
  sizeOf,
  sum,
  topologicalOrder,
} from '@polyneuron/graph';
import { testRandom } from '@polyneuron/testing';
import { type LayerProgramOptions, layerProgram, parameterName, randomKeyName } from '../../layerProgram.js';
import type { LayerSpec } from '../../layerSpec.js';
import { createParameters, parameterSpecs } from '../parameters.js';

/** A layer as a function of one vector: its float inputs and then its trainable float parameters, joined. */
export interface LayerFunction {
  /** Length of the vector. */
  readonly dimension: number;
  /** How many of its first elements are inputs. */
  readonly inputDimension: number;
  /** All elements of the output. */
  output(vector: Float64Array): Float64Array;
  /** The output dotted with fixed random weights. */
  total(vector: Float64Array): number;
  gradient(vector: Float64Array): Float64Array;
  hessianProduct(vector: Float64Array, direction: Float64Array): Float64Array;
}

const randomKey = [11, 5];

/**
 * Runs in the float64 interpreter; int32 parameters are 0, other parameters that are not trainable keep their initial
 * values, and the random key is fixed.
 */
export function layerFunction<C extends object>(
  spec: LayerSpec<C>,
  config: Partial<C>,
  options: LayerProgramOptions,
): LayerFunction {
  const program = layerProgram(spec, config, options);
  const { y } = program.outputs;
  const specs = Object.entries(program.inputs);
  const fixed = fixedFloats(spec, config, options);
  const floats = specs.filter(([name, { dtype }]) => dtype === 'float32' && !fixed.has(name));
  const sizes = floats.map(([, { shape }]) => sizeOf(shape));
  const used = topologicalOrder([y]).filter((node): node is NodeOf<'input'> & Node => node.op === 'input');
  const leafOf = (name: string) => used.find((node) => node.attributes.name === name);

  const dy = constant(testRandom(3).normals(sizeOf(y.shape)), y.shape);
  const total = sum(mul(y, dy));
  const leaves = floats.map(([name, { shape }]) => leafOf(name) ?? constant(0, shape));
  const flat = (nodes: readonly Node[]) => nodes.map((node) => reshape(node, [sizeOf(node.shape)]));
  const gradients = gradient(total, leaves);

  const split = (vector: Float64Array): Float64Array[] => {
    let from = 0;
    return sizes.map((size) => {
      from += size;
      return vector.slice(from - size, from);
    });
  };
  const bind = (vector: Float64Array) => {
    const parts = split(vector);
    const integers = specs.flatMap(([name, { shape, dtype }]) =>
      dtype === 'float32'
        ? []
        : [[name, name === randomKeyName ? randomKey : new Array<number>(sizeOf(shape)).fill(0)] as const],
    );
    const drawn = floats.map(([name], at) => [name, parts[at]] as const);
    return { inputs: Object.fromEntries([...drawn, ...fixed, ...integers]) };
  };
  const joined = (parts: readonly Float64Array[]) =>
    Float64Array.from(parts.flatMap((part) => Array.from(part)));
  return {
    dimension: sizes.reduce((a, b) => a + b, 0),
    inputDimension: sizes.slice(0, options.inputShapes.length).reduce((a, b) => a + b, 0),
    output: (vector) => interpretNodes([y], bind(vector))[0],
    total: (vector) => interpretNodes([total], bind(vector))[0][0],
    gradient: (vector) => joined(interpretNodes(flat(gradients), bind(vector))),
    hessianProduct(vector, direction) {
      const parts = split(direction);
      const slopes = gradients.map((node, at) => sum(mul(node, constant(parts[at], node.shape))));
      const slope = slopes.reduce((a, b) => add(a, b));
      return joined(interpretNodes(flat(gradient(slope, leaves)), bind(vector)));
    },
  };
}

/** Initial values of float parameters that are not trainable, by the names of program inputs. */
function fixedFloats<C extends object>(
  spec: LayerSpec<C>,
  config: Partial<C>,
  { inputShapes }: LayerProgramOptions,
): Map<string, ArrayLike<number>> {
  const values = createParameters(spec, config, inputShapes, 1);
  const fixed = parameterSpecs(spec, config, inputShapes).filter(
    ({ isTrainable = true, dtype = 'float32' }) => !isTrainable && dtype === 'float32',
  );
  return new Map(fixed.map(({ name }) => [parameterName(name), values[name]]));
}
