import { interpret, type Program, simplify, sizeOf } from '@polyneuron/graph';
import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import type { Plan } from '../plan.js';
import { planProgram } from '../planProgram.js';
import { runPlan } from '../runPlan.js';

type Given = Readonly<Record<string, ArrayLike<number>>>;

/**
 * Plans a program and throws unless the plan, run in float64, gives the interpreter's outputs and new state. Leaves
 * that `given` does not name get random numbers, integers 0. Returns the plan.
 */
export function expectPlanned(program: Program, given: Given = {}, seed = 1): Plan {
  const random = testRandom(seed);
  const draw = (specs: Program['inputs']) =>
    Object.fromEntries(
      Object.entries(specs).map(([name, { shape, dtype }]) => [
        name,
        given[name] ??
          (dtype === 'float32' ? random.normals(sizeOf(shape)) : new Float64Array(sizeOf(shape))),
      ]),
    );
  const [inputs, state] = [draw(program.inputs), draw(program.state)];
  const plan = planProgram(simplify(program));
  const expected = interpret(program, { inputs, state });
  const actual = runPlan(plan, inputs, state);
  for (const part of ['outputs', 'state'] as const)
    for (const [name, values] of Object.entries(expected[part]))
      expectClose(actual[part][name], values, tolerances.float64.contraction(64));
  return plan;
}

/** Kinds of a plan's kernels, in order. */
export const kindsOf = ({ kernels }: Plan): string[] => kernels.map(({ kind }) => kind);
