/** @file Other forms of a program: its derivatives, and the same program with some inputs kept as state. */
import { createNode, gradientProgram, mapGraph, type Program, rootsOf, state } from '@polyneuron/graph';
import type { ConformanceCase } from './conformanceCase.js';

/** A program, its gradient program and the gradient program of that, as far as there are derivatives. */
export function derivativesOf(program: Program, order: number): Program[] {
  if (order === 0) return [program];
  const next = gradientProgram(program);
  return Object.keys(next.outputs).length === 0 ? [program] : [program, ...derivativesOf(next, order - 1)];
}

/** The same program with some inputs kept as state. A planner may take another way: batches run across lanes. */
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

/** A case of one step, some of whose inputs become state. */
export function keptInState<C extends ConformanceCase>(one: C, isKept: (name: string) => boolean): C {
  const program = keepInState(one.program, isKept);
  const entries = Object.entries(one.inputs[0]);
  const chosen = (wanted: boolean) => Object.fromEntries(entries.filter(([name]) => isKept(name) === wanted));
  return {
    ...one,
    title: `${one.title}, kept in state`,
    program,
    inputs: [chosen(false)],
    state: { ...one.state, ...chosen(true) },
  };
}
