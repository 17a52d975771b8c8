import { constant, input } from '../build/create.js';
import { add } from '../build/elementwise.js';
import { DTypeError, InternalError, ShapeError } from '../errors.js';
import { formatSpec, isSameShape } from '../shapes.js';
import { topologicalOrder } from '../traverse.js';
import type { Node, NodeOf, OpName, Program } from '../types.js';
import { gradientRules } from './rules.js';

/**
 * Reverse-mode derivative: the cotangent of each of `wrt`, given that of `y`.
 *
 * dx = dyᵀ ∂y/∂x as a graph of ordinary nodes, so it can be differentiated again. `dy` is 1 when left out, which
 * needs a scalar `y`. A node that does not influence `y` gets zeros.
 *
 * Cost     about twice the forward pass
 * Throws   ShapeError when dy does not have the shape of y; DTypeError when y or an entry of wrt is not float32
 *
 * @example
 * const x = input('x', { shape: [], dtype: 'float32' });
 * const [slope] = gradient(mul(x, x), [x]);
 */
export function gradient(y: Node, wrt: readonly Node[], dy?: Node): Node[] {
  for (const node of [y, ...wrt]) requireFloat(node);
  if (!dy && y.shape.length > 0) {
    throw new ShapeError({
      subject: 'gradient',
      expected: 'a scalar when dy is left out',
      received: formatSpec(y),
      fix: 'reduce y to a scalar, or pass dy of its shape',
    });
  }
  if (dy && !isSameShape(dy.shape, y.shape)) {
    throw new ShapeError({
      subject: 'gradient',
      expected: `dy of the shape of y, ${formatSpec(y)}`,
      received: formatSpec(dy),
      fix: 'broadcast dy to the shape of y',
    });
  }
  const cotangents = new Map<Node, Node>([[y, dy ?? constant(1)]]);
  const order = topologicalOrder([y]);
  const isActive = influencedBy(wrt, order);
  for (const node of order.reverse()) {
    const incoming = cotangents.get(node);
    if (!incoming || !node.inputs.some((operand) => isActive.has(operand))) continue;
    const outgoing = applyRule(node, incoming);
    node.inputs.forEach((operand, at) => {
      const part = outgoing[at];
      if (!part || !isActive.has(operand)) return;
      if (!isSameShape(part.shape, operand.shape))
        throw new InternalError(
          `derivative of ${node.op} has shape [${part.shape}], operand [${operand.shape}]`,
        );
      const known = cotangents.get(operand);
      cotangents.set(operand, known ? add(known, part) : part);
    });
  }
  return wrt.map((x) => cotangents.get(x) ?? constant(0, x.shape));
}

function requireFloat(node: Node): void {
  if (node.dtype === 'float32') return;
  throw new DTypeError({
    subject: 'gradient',
    expected: 'float32 nodes',
    received: formatSpec(node),
    fix: 'integers and booleans have no derivative: cast before use',
  });
}

/** Nodes that depend on any of `wrt`, in the order given. */
function influencedBy(wrt: readonly Node[], order: readonly Node[]): Set<Node> {
  const active = new Set<Node>(wrt);
  for (const node of order) if (node.inputs.some((operand) => active.has(operand))) active.add(node);
  return active;
}

function applyRule<K extends OpName>(node: NodeOf<K> & Node, dy: Node): readonly (Node | null)[] {
  const rule = gradientRules[node.op] as unknown as (y: Node, dy: Node) => readonly (Node | null)[];
  return rule(node, dy);
}

/**
 * The program that computes the cotangents of a program's float32 inputs and state.
 *
 * It takes the inputs of `program` and one more per output, named `d:<output>`; its outputs are named `d:<leaf>`.
 * Updates are not carried over.
 */
export function gradientProgram(program: Program, wrt?: readonly string[]): Program {
  const outputs = Object.entries(program.outputs).filter(([, node]) => node.dtype === 'float32');
  const seeds = outputs.map(([name, node]) => input(`d:${name}`, node));
  const leaves = topologicalOrder(outputs.map(([, node]) => node)).filter(
    (node): node is NodeOf<'input'> | NodeOf<'state'> =>
      (node.op === 'input' || node.op === 'state') && node.dtype === 'float32',
  );
  const names =
    wrt ??
    [...Object.entries(program.inputs), ...Object.entries(program.state)].flatMap(([name, { dtype }]) =>
      dtype === 'float32' ? [name] : [],
    );
  const specs = { ...program.inputs, ...program.state };
  const cotangents = names.map((name) => {
    const targets = leaves.filter((leaf) => leaf.attributes.name === name) as Node[];
    const parts = targets.flatMap((target) =>
      outputs.map(([, node], at) => gradient(node, [target], seeds[at])[0]),
    );
    return parts.length === 0 ? constant(0, specs[name].shape) : parts.reduce((sum, part) => add(sum, part));
  });
  return {
    name: `d:${program.name}`,
    inputs: {
      ...program.inputs,
      ...Object.fromEntries(outputs.map(([name, { shape, dtype }]) => [`d:${name}`, { shape, dtype }])),
    },
    state: program.state,
    outputs: Object.fromEntries(names.map((name, at) => [`d:${name}`, cotangents[at]])),
    updates: {},
  };
}
