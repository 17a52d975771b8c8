/** @file The parameters of a layer: how many there are, and their first values. */
import { type Shape, sizeOf } from '@polyneuron/graph';
import { initialValues } from '../initializers/initialValues.js';
import type { LayerSpec, ParameterSpec } from '../layerSpec.js';
import { resolveConfig } from '../resolveConfig.js';

/**
 * The parameters that a layer has for inputs of these shapes (without the batch axis).
 *
 * Throws   what the layer throws on options and shapes that it does not take
 */
export function parameterSpecs<C extends object>(
  spec: LayerSpec<C>,
  config: Partial<C>,
  inputShapes: readonly Shape[],
): readonly ParameterSpec[] {
  const resolved = resolveConfig(spec, config);
  spec.outputShape(resolved, inputShapes);
  return spec.parameters(resolved, inputShapes);
}

/**
 * Number of values in all parameters, counters included, as Keras's `count_params` has it.
 *
 * @example
 * countParameters(quadDenseSpec, { units: 64 }, [[784]]) // => 150720
 */
export function countParameters<C extends object>(
  spec: LayerSpec<C>,
  config: Partial<C>,
  inputShapes: readonly Shape[],
): number {
  return parameterSpecs(spec, config, inputShapes).reduce((count, { shape }) => count + sizeOf(shape), 0);
}

/**
 * First values of all parameters, by name: float32 as Float32Array, int32 as Int32Array.
 *
 * Each parameter draws from its own stream, derived from `seed` and `path/name`: kernels of one shape differ, and so
 * do layers of one kind at different paths. `path` defaults to the layer's name.
 */
export function createParameters<C extends object>(
  spec: LayerSpec<C>,
  config: Partial<C>,
  inputShapes: readonly Shape[],
  seed: number,
  path: string = spec.name,
): Record<string, Float32Array | Int32Array> {
  return Object.fromEntries(
    parameterSpecs(spec, config, inputShapes).map((parameter) => {
      const { name, dtype = 'float32' } = parameter;
      const values = initialValues(parameter, seed, `${path}/${name}`);
      return [name, dtype === 'int32' ? Int32Array.from(values) : Float32Array.from(values)];
    }),
  );
}
