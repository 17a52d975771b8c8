import { interpret, type Shape } from '@polyneuron/graph';
import { inputName, layerProgram, parameterName, randomKeyName } from '../../layerProgram.js';
import type { LayerSpec } from '../../layerSpec.js';

export interface LayerRun<C> {
  readonly config: Partial<C>;
  readonly batch?: number;
  /** Without the batch axis. */
  readonly inputShapes: readonly Shape[];
  readonly inputs: readonly ArrayLike<number>[];
  readonly parameters?: Readonly<Record<string, ArrayLike<number>>>;
  readonly isTraining?: boolean;
  readonly randomKey?: readonly [number, number];
}

/** The output of a layer as plain numbers, from the float64 interpreter. */
export function runLayer<C extends object>(spec: LayerSpec<C>, run: LayerRun<C>): number[] {
  return runLayerOutputs(spec, run).y;
}

/** Every output: `y`, and `update:<parameter>`. */
export function runLayerOutputs<C extends object>(
  spec: LayerSpec<C>,
  run: LayerRun<C>,
): Record<string, number[]> {
  const { config, batch = 1, inputShapes, inputs, parameters = {}, isTraining = false, randomKey } = run;
  const program = layerProgram(spec, config, { batch, inputShapes, isTraining });
  const values = {
    ...Object.fromEntries(inputs.map((data, at) => [inputName(at), data])),
    ...Object.fromEntries(Object.entries(parameters).map(([name, data]) => [parameterName(name), data])),
    ...(randomKey && { [randomKeyName]: randomKey }),
  };
  const { outputs } = interpret(program, { inputs: values });
  return Object.fromEntries(Object.entries(outputs).map(([name, data]) => [name, Array.from(data)]));
}
