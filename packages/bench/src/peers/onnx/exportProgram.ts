import type { TensorMap } from '@polyneuron/backend';
import { type Node, nodesOf, type Program, simplify } from '@polyneuron/graph';
import { emitNode } from './emit/emitters.js';
import { GraphBuilder } from './graphBuilder.js';
import { bytesOf, type OnnxGraph, type OnnxNode, type OnnxValueInfo } from './onnxGraph.js';

/** Names in the graph. Inputs and state entries that nothing reads are left out of it. */
export const onnxNames = {
  input: (name: string): string => `input/${name}`,
  state: (name: string): string => `state/${name}`,
  output: (name: string): string => `output/${name}`,
  update: (name: string): string => `update/${name}`,
} as const;

/**
 * A program as an ONNX graph of operator set 21: state entries are inputs, their new values outputs.
 *
 * `constants` are state entries whose values go into the file, as weights do where a model is deployed.
 *
 * Numerics exact moves; expm1 and log1p are compositions; float32 throughout
 */
export function exportProgram(program: Program, constants: TensorMap = {}): OnnxGraph {
  const simple = simplify(program);
  const builder = new GraphBuilder();
  const inputs: OnnxValueInfo[] = [];
  for (const node of nodesOf(simple)) bindNode(node, builder, inputs, constants);
  const outputs = [
    ...published(builder, simple.outputs, onnxNames.output),
    ...published(builder, simple.updates, onnxNames.update),
  ];
  const { nodes, used } = live(
    builder.nodes,
    outputs.map(({ name }) => name),
  );
  return {
    name: program.name,
    nodes,
    initializers: builder.initializers.filter(({ name }) => used.has(name)),
    inputs: inputs.filter(({ name }) => used.has(name)),
    outputs,
  };
}

function bindNode(node: Node, builder: GraphBuilder, inputs: OnnxValueInfo[], constants: TensorMap): void {
  if (node.op !== 'input' && node.op !== 'state') {
    builder.bind(node, emitNode(node, builder));
    return;
  }
  const { shape, dtype: type } = node;
  const name = onnxNames[node.op](node.attributes.name);
  const values = node.op === 'state' ? constants[node.attributes.name] : undefined;
  const isKnown = [...inputs, ...builder.initializers].some((known) => known.name === name);
  if (values && !isKnown) builder.initializer({ name, type, shape, bytes: bytesOf(type, values) });
  else if (!isKnown) inputs.push({ name, type, shape });
  builder.bind(node, { name, shape });
}

/** Roots under their own names; Identity, for one value may have several. */
function published(
  builder: GraphBuilder,
  roots: Readonly<Record<string, Node>>,
  nameOf: (name: string) => string,
): OnnxValueInfo[] {
  return Object.entries(roots).map(([name, node]) => {
    const output = nameOf(name);
    builder.nodes.push({ type: 'Identity', inputs: [builder.full(node)], output, attributes: {} });
    return { name: output, type: node.dtype, shape: node.shape };
  });
}

/** Without what was emitted for an operand that its user took in, such as windows that became Conv. */
function live(
  nodes: readonly OnnxNode[],
  roots: readonly string[],
): { readonly nodes: readonly OnnxNode[]; readonly used: ReadonlySet<string> } {
  const used = new Set(roots);
  const kept = nodes.toReversed().filter(({ inputs, output }) => {
    if (!used.has(output)) return false;
    for (const name of inputs) used.add(name);
    return true;
  });
  return { nodes: kept.reverse(), used };
}
