import { add, costOf, type Program, type ProgramParts, simplify, state } from '@polyneuron/graph';

/**
 * State entry that counts runs: four bytes whose read-back waits for the last run, and which prove that each run took
 * place.
 */
export const counterName = 'bench:runs';

/** Adds the counter. */
export function countRuns(program: Program): Program {
  const spec: NonNullable<ProgramParts<never, string>['state']>[string] = { shape: [], dtype: 'int32' };
  return {
    ...program,
    state: { ...program.state, [counterName]: spec },
    updates: { ...program.updates, [counterName]: add(state(counterName, spec), 1) },
  };
}

/** Arithmetic operations of one run, dead and duplicate nodes left out. */
export function flopsOf(program: Program): number {
  return costOf(simplify(program)).flops;
}
