import { interpret, sizeOf } from '@polyneuron/graph';
import { inputName, layerProgram, parameterName, randomKeyName } from '@polyneuron/kernels';
import type { FigureSubject } from './figureSubject.js';

/** Outputs for samples, one row each; a sample is all its inputs, flattened and joined. */
export type Respond = (samples: readonly ArrayLike<number>[]) => Float64Array[];

/** The layer with these parameters as a function of plain numbers, in the float64 interpreter. */
export function respond(
  { spec, config, inputShapes }: FigureSubject,
  parameters: Readonly<Record<string, ArrayLike<number>>>,
): Respond {
  const bound = Object.entries(parameters).map(([name, values]) => [parameterName(name), values] as const);
  const key = spec.usesRandom ? [[randomKeyName, [1, 1]] as const] : [];
  return (samples) => {
    const program = layerProgram<object>(spec, config, { batch: samples.length, inputShapes });
    let from = 0;
    const inputs = inputShapes.map((shape, at) => {
      const [start, end] = [from, from + sizeOf(shape)];
      from = end;
      return [inputName(at), samples.flatMap((sample) => Array.from(sample).slice(start, end))] as const;
    });
    const { y } = interpret(program, { inputs: Object.fromEntries([...inputs, ...bound, ...key]) }).outputs;
    const width = y!.length / samples.length;
    return samples.map((_, row) => y!.slice(row * width, (row + 1) * width));
  };
}
