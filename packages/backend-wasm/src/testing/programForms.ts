/** @file Other forms of a program with the same meaning, which are planned in other ways. */
import { planProgram } from '@polyneuron/fusion';
import {
  createNode,
  gradientProgram,
  mapGraph,
  type Program,
  rootsOf,
  simplify,
  state,
} from '@polyneuron/graph';

/** A program, its gradient program and the gradient program of that, as far as there are derivatives. */
export function derivativesOf(program: Program, order: number): Program[] {
  const next = gradientProgram(program);
  if (order === 0 || Object.keys(next.outputs).length === 0) return [program];
  return [program, ...derivativesOf(next, order - 1)];
}

/** The same program with some inputs kept as state. Small programs whose inputs are all batches run across lanes. */
export function keepInState(program: Program, isKept: (name: string) => boolean): Program {
  const nodes = mapGraph(rootsOf(program), (node, inputs) =>
    node.op === 'input' && isKept(node.attributes.name)
      ? state(node.attributes.name, { shape: node.shape, dtype: node.dtype })
      : node.inputs.every((operand, at) => operand === inputs[at])
        ? node
        : createNode(node.op, inputs, node.attributes as never),
  );
  const chosen = (wanted: boolean) =>
    Object.fromEntries(Object.entries(program.inputs).filter(([name]) => isKept(name) === wanted));
  const renewed = (roots: Program['outputs']) =>
    Object.fromEntries(Object.entries(roots).map(([name, node]) => [name, nodes.get(node) ?? node]));
  return {
    name: program.name,
    inputs: chosen(false),
    state: { ...program.state, ...chosen(true) },
    outputs: renewed(program.outputs),
    updates: renewed(program.updates),
  };
}

/** Kinds of the kernels that a program is planned as. */
export const kernelKinds = (program: Program): Set<string> =>
  new Set(planProgram(simplify(program)).kernels.map(({ kind }) => kind));
