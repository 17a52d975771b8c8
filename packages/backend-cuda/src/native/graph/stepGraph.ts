import {
  isSameShape,
  type Node,
  nodesOf,
  type OpName,
  type Program,
  type Shape,
  sizeOf,
} from '@polyneuron/graph';
import {
  type LeafOp,
  type Lowering,
  type LoweringContext,
  type Value,
  wholeValue,
} from '../lower/lowering.js';
import { lowerings } from '../lower/lowerings.js';
import type { GraphBuilder, Reference } from './graphBuilder.js';

export type References = Readonly<Record<string, Reference>>;

export interface StepResults {
  readonly outputs: References;
  readonly updates: References;
}

/** Adds one execution of a program that reads its leaves from the tensors given. */
export function addStep(
  graph: GraphBuilder,
  program: Program,
  leaves: { readonly inputs: References; readonly state: References },
): StepResults {
  const values = new Map<Node, Value>();
  const stretched = new Map<Node, Reference>();
  const held = (node: Node) => values.get(node) as Value;
  const whole = (node: Node): Reference => {
    const { at, shape } = held(node);
    if (isSameShape(shape, node.shape)) return at;
    const known = stretched.get(node) ?? stretch(graph, at, node);
    stretched.set(node, known);
    return known;
  };
  for (const node of nodesOf(program)) {
    const context: LoweringContext = {
      graph,
      held: (operand) => held(node.inputs[operand]),
      whole: (operand) => whole(node.inputs[operand]),
      wholeOf: whole,
    };
    values.set(node, lowered(node, context, leaves));
  }
  const references = (roots: Readonly<Record<string, Node>>) =>
    Object.fromEntries(Object.entries(roots).map(([name, node]) => [name, whole(node)]));
  return { outputs: references(program.outputs), updates: references(program.updates) };
}

function stretch(graph: GraphBuilder, at: Reference, { shape, dtype }: Node): Reference {
  return graph.add('BroadcastTo', [at, graph.ints(shape)], {
    T: { type: dtype },
    Tidx: { type: 'int32' },
  });
}

function lowered(
  node: Node,
  context: LoweringContext,
  { inputs, state }: Parameters<typeof addStep>[2],
): Value {
  switch (node.op) {
    case 'input':
      return { at: inputs[node.attributes.name], shape: node.shape };
    case 'state':
      return { at: state[node.attributes.name], shape: node.shape };
    case 'constant': {
      const { values } = node.attributes;
      const shape: Shape = values.length === 1 ? node.shape.map(heldExtent) : node.shape;
      return { at: context.graph.constant(values, shape, node.dtype), shape };
    }
    default: {
      // Some of TensorFlow's ops refuse to make nothing
      if (sizeOf(node.shape) === 0)
        return wholeValue(node, context.graph.constant([], node.shape, node.dtype));
      const lowering = lowerings[node.op as Exclude<OpName, LeafOp>] as (
        node: Node,
        context: LoweringContext,
      ) => ReturnType<Lowering<OpName>>;
      return lowering(node, context);
    }
  }
}

/** A single value is held once, but nothing cannot be stretched to nothing. */
function heldExtent(extent: number): number {
  return Math.min(extent, 1);
}
