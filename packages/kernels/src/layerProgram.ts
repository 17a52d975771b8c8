import { input, type Program, programOf, type Shape } from '@polyneuron/graph';
import type { LayerSpec } from './layerSpec.js';
import { resolveConfig } from './resolveConfig.js';

export interface LayerProgramOptions {
  readonly batch: number;
  /** Without the batch axis. */
  readonly inputShapes: readonly Shape[];
  readonly isTraining?: boolean;
}

/** Name of the program input that carries the i-th input of a layer. */
export const inputName = (at: number): string => `x${at}`;
/** Name of the program input that carries a parameter. */
export const parameterName = (name: string): string => `parameter:${name}`;
/** Name of the program input that carries the random key. */
export const randomKeyName = 'randomKey';

/**
 * The forward program of a layer, stateless: inputs x0, x1, ..., then parameters, then the random key where the layer
 * draws; outputs `y`, and `update:<parameter>` for non-trainable parameters that change.
 */
export function layerProgram<C extends object>(
  spec: LayerSpec<C>,
  config: Partial<C>,
  options: LayerProgramOptions,
): Program {
  const resolved = resolveConfig(spec, config);
  const { batch, inputShapes, isTraining = false } = options;
  spec.outputShape(resolved, inputShapes);
  const inputs = inputShapes.map((shape, at) =>
    input(inputName(at), { shape: [batch, ...shape], dtype: 'float32' }),
  );
  const parameters = Object.fromEntries(
    spec
      .parameters(resolved, inputShapes)
      .map(({ name, shape, dtype = 'float32' }) => [name, input(parameterName(name), { shape, dtype })]),
  );
  const randomKey = spec.usesRandom ? input(randomKeyName, { shape: [2], dtype: 'int32' }) : undefined;
  const { output, updates = {} } = spec.forward({
    config: resolved,
    inputs,
    parameters,
    isTraining,
    ...(randomKey && { randomKey }),
  });
  const outputs = {
    y: output,
    ...Object.fromEntries(Object.entries(updates).map(([name, node]) => [`update:${name}`, node])),
  };
  const program = programOf(spec.name, outputs);
  // Leaves that the formula ignores stay inputs: callers bind by name, never by use.
  const leaves = [...inputs, ...Object.values(parameters), ...(randomKey ? [randomKey] : [])];
  const specs = leaves.flatMap((leaf) =>
    leaf.op === 'input' ? [[leaf.attributes.name, { shape: leaf.shape, dtype: leaf.dtype }] as const] : [],
  );
  return { ...program, inputs: Object.fromEntries(specs) };
}
