import {
  createNode,
  mapGraph,
  type Node,
  type Program,
  ProgramError,
  rootsOf,
  state,
  type TensorSpec,
} from '@polyneuron/graph';

/** Name of the state entry that takes an output. */
export const outputStateName = (output: string): string => `out:${output}`;

/**
 * The same mathematics with everything on the device: inputs become state of the same name, and each output becomes
 * the new value of a state entry `out:<output>`.
 *
 * Throws   ProgramError on a program that has state of its own
 */
export function residentProgram(program: Program): Program {
  if (Object.keys(program.state).length > 0) {
    throw new ProgramError({
      subject: `residentProgram of '${program.name}'`,
      expected: 'a program without state',
      received: Object.keys(program.state).join(', '),
      fix: 'pass the stateless program of a layer',
    });
  }
  const replaced = mapGraph(rootsOf(program), (node, inputs) =>
    node.op === 'input'
      ? state(node.attributes.name, node)
      : inputs.length === 0
        ? node
        : createNode(node.op, inputs, node.attributes as never),
  );
  const outputs = Object.entries(program.outputs).map(
    ([name, node]) => [outputStateName(name), replaced.get(node) as Node] as const,
  );
  const specs: Record<string, TensorSpec> = { ...program.inputs };
  for (const [name, { shape, dtype }] of outputs) specs[name] = { shape, dtype };
  return {
    name: program.name,
    inputs: {},
    state: specs,
    outputs: {},
    updates: Object.fromEntries(outputs),
  };
}
