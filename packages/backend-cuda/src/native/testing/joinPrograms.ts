import type { TensorData, TensorMap } from '@polyneuron/backend';
import { createNode, input, mapGraph, type Node, type Program, rootsOf } from '@polyneuron/graph';

/** A program without state, with values for its inputs. */
export interface Part {
  readonly program: Program;
  readonly inputs: TensorMap;
}

/** Many programs as one, names prefixed by `i/`: TensorFlow takes tens of milliseconds for each session. */
export function joinPrograms(name: string, parts: readonly Part[]): Part {
  const joined = {
    name,
    inputs: {} as Record<string, Program['inputs'][string]>,
    state: {},
    outputs: {} as Record<string, Node>,
    updates: {},
  };
  const values: Record<string, TensorData> = {};
  for (const [at, { program, inputs }] of parts.entries()) {
    const renamed = mapGraph(rootsOf(program), (node, operands) =>
      node.op === 'input'
        ? input(`${at}/${node.attributes.name}`, node)
        : operands.every((operand, i) => operand === node.inputs[i])
          ? node
          : createNode(node.op, operands, node.attributes as never),
    );
    for (const key in program.inputs) {
      joined.inputs[`${at}/${key}`] = program.inputs[key];
      values[`${at}/${key}`] = inputs[key];
    }
    for (const key in program.outputs)
      joined.outputs[`${at}/${key}`] = renamed.get(program.outputs[key]) as Node;
  }
  return { program: joined, inputs: values };
}
