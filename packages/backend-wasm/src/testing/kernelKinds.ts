import { planProgram } from '@polyneuron/fusion';
import { type Program, simplify } from '@polyneuron/graph';

/** Kinds of the kernels that a program is planned as. */
export const kernelKinds = (program: Program): Set<string> =>
  new Set(planProgram(simplify(program)).kernels.map(({ kind }) => kind));
