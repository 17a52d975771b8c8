import {
  createNode,
  input,
  mapGraph,
  type Node,
  type Program,
  programOf,
  rootsOf,
  state,
} from '@polyneuron/graph';

/** The name of an input or output of the program `of` in the joined one. */
export const joinedName = (of: string, name: string): string => `${of}: ${name}`;

/** Several programs as one: a session for each of them would take most of a test's time. */
export function joinPrograms(programs: Readonly<Record<string, Program>>): Program {
  const outputs: Record<string, Node> = {};
  for (const [of, program] of Object.entries(programs)) {
    const renamed = mapGraph(rootsOf(program), (node, operands) => {
      if (node.op === 'input') return input(joinedName(of, node.attributes.name), node);
      if (node.op === 'state') return state(joinedName(of, node.attributes.name), node);
      return operands.length === 0 ? node : createNode(node.op, operands, node.attributes as never);
    });
    for (const [name, node] of Object.entries(program.outputs))
      outputs[joinedName(of, name)] = renamed.get(node) as Node;
  }
  return programOf('joined', outputs);
}
