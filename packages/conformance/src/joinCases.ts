/** @file Several cases as one program, for what takes long to start a program. */
import type { TensorData, TensorMap } from '@polyneuron/backend';
import { createNode, input, mapGraph, type Node, type Program, rootsOf, state } from '@polyneuron/graph';
import { tolerances } from '@polyneuron/testing';
import { type ConformanceCase, startOf } from './conformanceCase.js';
import { expectAsInterpreted } from './expectAsInterpreted.js';

const joinedName = (at: number, name: string): string => `${at}/${name}`;

/** Cases of one step that update no state as one case; names begin with the place of their case: `3/x`. */
export function joinCases(title: string, cases: readonly ConformanceCase[]): ConformanceCase {
  const joined = {
    name: title,
    inputs: {} as Record<string, Program['inputs'][string]>,
    state: {} as Record<string, Program['state'][string]>,
    outputs: {} as Record<string, Node>,
    updates: {},
  };
  const values: Record<string, TensorData> = {};
  for (const [at, { program, inputs }] of cases.entries()) {
    const renamed = mapGraph(rootsOf(program), (node, operands) => {
      if (node.op === 'input') return input(joinedName(at, node.attributes.name), node);
      if (node.op === 'state') return state(joinedName(at, node.attributes.name), node);
      return operands.every((operand, i) => operand === node.inputs[i])
        ? node
        : createNode(node.op, operands, node.attributes as never);
    });
    for (const [name, spec] of Object.entries(program.inputs)) {
      joined.inputs[joinedName(at, name)] = spec;
      values[joinedName(at, name)] = inputs[0][name];
    }
    for (const [name, spec] of Object.entries(program.state)) joined.state[joinedName(at, name)] = spec;
    for (const [name, node] of Object.entries(program.outputs))
      joined.outputs[joinedName(at, name)] = renamed.get(node) as Node;
  }
  return { title, program: joined, inputs: [values], tolerance: tolerances.float32.exact };
}

/** Throws unless the outputs of joined cases, of one step or of several that were fed alike, are right for each of them. */
export function expectJoined(cases: readonly ConformanceCase[], steps: readonly TensorMap[]): void {
  for (const [at, one] of cases.entries()) {
    const outputs = steps.map((joined) =>
      Object.fromEntries(
        Object.keys(one.program.outputs).map((name) => [name, joined[joinedName(at, name)]]),
      ),
    );
    const inputs = steps.map(() => one.inputs[0]);
    expectAsInterpreted({ ...one, inputs }, { outputs, state: startOf(one) });
  }
}
