import type { TensorMap } from '@polyneuron/backend';
import { createRandom } from '@polyneuron/datasets';
import { type Bindings, interpret, type Program, sizeOf } from '@polyneuron/graph';
import type { ReferenceValues } from './caseProgram.js';

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
): Record<string, ReferenceValues> {
  let state: NonNullable<Bindings['state']> = fullState(program, initial);
  for (const inputs of steps) state = interpret(program, { inputs, state }).state;
  return Object.fromEntries(names.map((name) => [name, { values: Float64Array.from(state[name]) }]));
}

/**
 * The same for weights in training: errors are measured against how far a weight tensor moved, so that a wrong
 * derivative is not hidden behind weights that hardly change. 2^-14 of the weights is added for their own rounding.
 *
 * scale = max |w - w_0| + 2^-14 max |w|
 */
export function interpretTraining(
  ...[program, initial, steps, names]: Parameters<typeof interpretRuns>
): Record<string, ReferenceValues> {
  const first = fullState(program, initial);
  return Object.fromEntries(
    Object.entries(interpretRuns(program, initial, steps, names)).map(([name, { values }]) => {
      const moved = largest(values.map((value, at) => value - first[name][at]));
      return [name, { values, scale: moved + 2 ** -14 * largest(values) || 1 }];
    }),
  );
}

/**
 * Bound for `interpretTraining`: float32 gradients differ by up to about 1e-5 of the largest one, weights by one unit
 * in the last place and step, which is 1e-3 of the scale.
 */
export const trainingTolerance = 2e-3;

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
