import type { TensorMap } from '@polyneuron/backend';
import { createRandom } from '@polyneuron/datasets';
import { type Bindings, interpret, type Program, sizeOf } from '@polyneuron/graph';

/** `count` normal numbers times `scale`. */
export function drawNormals(count: number, seed: number, scale = 1): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: count }, () => scale * random.normal());
}

/** Values of every state entry: those given, zeros for the rest. */
export function fullState(program: Program, given: TensorMap): Record<string, ArrayLike<number>> {
  return Object.fromEntries(
    Object.entries(program.state).map(([name, { shape }]) => [
      name,
      given[name] ?? new Float64Array(sizeOf(shape)),
    ]),
  );
}

/** State entries `names` after the interpreter ran the program once per entry of `steps`, each the inputs of a run. */
export function interpretRuns(
  program: Program,
  initial: TensorMap,
  steps: readonly NonNullable<Bindings['inputs']>[],
  names: readonly string[],
): Record<string, Float64Array> {
  let state: NonNullable<Bindings['state']> = fullState(program, initial);
  for (const inputs of steps) state = interpret(program, { inputs, state }).state;
  return Object.fromEntries(names.map((name) => [name, Float64Array.from(state[name])]));
}
