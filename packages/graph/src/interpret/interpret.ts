import { ValueError } from '../errors.js';
import { nodesOf } from '../program.js';
import { formatSpec, sizeOf } from '../shapes.js';
import { topologicalOrder } from '../traverse.js';
import type { Node, NodeOf, OpName, Program } from '../types.js';
import { type Rule, rules, storedAs } from './ops.js';

/** Values by name, row-major. */
export type Values = Readonly<Record<string, ArrayLike<number>>>;

export interface Bindings {
  readonly inputs?: Values;
  readonly state?: Values;
}

export interface Interpretation {
  readonly outputs: Record<string, Float64Array>;
  /** New state: entries without an update keep their value. */
  readonly state: Record<string, Float64Array>;
}

/**
 * Runs a program in float64: the definition of what programs mean. int32 wraps, bool is 0 or 1, constants keep the
 * precision they were written with.
 *
 * Throws   ValueError when a leaf is not bound, has the wrong number of elements, or an index is out of range
 */
export function interpret(program: Program, { inputs = {}, state = {} }: Bindings = {}): Interpretation {
  const values = evaluate(nodesOf(program), { inputs, state });
  const read = (roots: Readonly<Record<string, Node>>) =>
    Object.entries(roots).map(([name, node]) => [name, valueAt(values, node)] as const);
  const kept = Object.entries(program.state)
    .filter(([name]) => !(name in program.updates))
    .map(([name, spec]) => [name, Float64Array.from(bound('state', name, spec, state))] as const);
  return {
    outputs: Object.fromEntries(read(program.outputs)),
    state: Object.fromEntries([...kept, ...read(program.updates)]),
  };
}

/** Float64 values of single nodes. */
export function interpretNodes(nodes: readonly Node[], bindings: Bindings = {}): Float64Array[] {
  const values = evaluate(topologicalOrder(nodes), bindings);
  return nodes.map((node) => valueAt(values, node));
}

function evaluate(order: readonly Node[], { inputs = {}, state = {} }: Bindings): Map<Node, Float64Array> {
  const values = new Map<Node, Float64Array>();
  for (const node of order) {
    if (node.op === 'input' || node.op === 'state') {
      const { name } = node.attributes;
      const data = bound(node.op, name, node, node.op === 'input' ? inputs : state);
      values.set(
        node,
        Float64Array.from(data, (value) => storedAs(value, node.dtype)),
      );
    } else {
      values.set(
        node,
        applyRule(
          node,
          node.inputs.map((operand) => valueAt(values, operand)),
        ),
      );
    }
  }
  return values;
}

function bound(
  kind: 'input' | 'state',
  name: string,
  spec: Pick<Node, 'shape' | 'dtype'>,
  values: Values,
): ArrayLike<number> {
  const data = values[name];
  if (data?.length === sizeOf(spec.shape)) return data;
  throw new ValueError({
    subject: 'interpret',
    expected: `${sizeOf(spec.shape)} elements for ${kind} '${name}' ${formatSpec(spec)}`,
    received: data ? `${data.length}` : 'nothing',
    fix: `bind it: { ${kind === 'input' ? 'inputs' : 'state'}: { ${JSON.stringify(name)}: [...] } }`,
  });
}

function applyRule<K extends OpName>(
  node: NodeOf<K> & Node,
  operands: readonly Float64Array[],
): Float64Array {
  return (rules[node.op] as unknown as Rule<K>)(node, operands);
}

function valueAt(values: ReadonlyMap<Node, Float64Array>, node: Node): Float64Array {
  return values.get(node) as Float64Array;
}
