import type { Backend, TensorData, TensorMap } from '@polyneuron/backend';
import {
  type ConformanceCase,
  expectAsInterpreted,
  repeated,
  stack,
  takeStep,
} from '@polyneuron/conformance';
import { createNode, input, mapGraph, type Node, type Program, rootsOf } from '@polyneuron/graph';
import { tolerances } from '@polyneuron/testing';

/**
 * Cases of one step without state as one, names prefixed by `i/`: TensorFlow takes tens of milliseconds for each
 * session.
 */
function joinPrograms(name: string, cases: readonly ConformanceCase[]): ConformanceCase {
  const joined = {
    name,
    inputs: {} as Record<string, Program['inputs'][string]>,
    state: {},
    outputs: {} as Record<string, Node>,
    updates: {},
  };
  const values: Record<string, TensorData> = {};
  for (const [at, { program, inputs }] of cases.entries()) {
    const renamed = mapGraph(rootsOf(program), (node, operands) =>
      node.op === 'input'
        ? input(`${at}/${node.attributes.name}`, node)
        : operands.every((operand, i) => operand === node.inputs[i])
          ? node
          : createNode(node.op, operands, node.attributes as never),
    );
    for (const key in program.inputs) {
      joined.inputs[`${at}/${key}`] = program.inputs[key];
      values[`${at}/${key}`] = inputs[0][key];
    }
    for (const key in program.outputs)
      joined.outputs[`${at}/${key}`] = renamed.get(program.outputs[key]) as Node;
  }
  return { title: name, program: joined, inputs: [values], tolerance: tolerances.float32.exact };
}

/** Throws unless all cases, run as one program, give what the interpreter gives for each. */
export async function expectJoinedRun(
  backend: Backend,
  name: string,
  cases: readonly ConformanceCase[],
): Promise<void> {
  const { program, inputs } = joinPrograms(name, cases);
  const executable = await backend.compile(program);
  try {
    const once = await executable.run(inputs[0]);
    for (const [at, one] of cases.entries())
      expectAsInterpreted(one, { outputs: [outputsOf(once, at, one)], state: {} });
  } finally {
    executable.dispose();
  }
}

/** The same for a scan of two steps that are fed alike. */
export async function expectJoinedScan(
  backend: Backend,
  name: string,
  cases: readonly ConformanceCase[],
): Promise<void> {
  const { program, inputs } = joinPrograms(name, cases);
  const executable = await backend.compile(program);
  try {
    const twice = await executable.scan(2, stack([inputs[0], inputs[0]]));
    for (const [at, one] of cases.entries()) {
      const outputs = [0, 1].map((step) => takeStep(one.program, outputsOf(twice, at, one), step));
      expectAsInterpreted(repeated(one, 2), { outputs, state: {} });
    }
  } finally {
    executable.dispose();
  }
}

/** Outputs of the case at a place, under their own names. */
const outputsOf = (joined: TensorMap, at: number, { program }: ConformanceCase): TensorMap =>
  Object.fromEntries(Object.keys(program.outputs).map((key) => [key, joined[`${at}/${key}`]]));
