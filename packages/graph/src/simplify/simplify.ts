import { constant, createNode } from '../build/create.js';
import { interpretNodes } from '../interpret/interpret.js';
import { printNode } from '../print.js';
import { rootsOf } from '../program.js';
import { sizeOf } from '../shapes.js';
import { mapGraph } from '../traverse.js';
import type { Node, Program } from '../types.js';
import { identities } from './identities.js';

/** Results of constant folding larger than this stay computed: literals cost compile time and memory. */
const foldLimit = 64;

/**
 * The same program with fewer nodes: constants folded, identities applied, common subexpressions merged, dead code
 * gone. Values may differ by rounding where an identity reassociates nothing but drops an operation (x·1, x+0); NaN
 * and infinity are kept: x·0 stays.
 */
export function simplify(program: Program): Program {
  const merged = new Map<string, Node>();
  const numbers = new Map<Node, number>();
  const intern = (node: Node): Node => {
    const key = printNode(
      node,
      node.inputs.map((operand) => String(numbers.get(operand))),
    );
    const known = merged.get(key);
    if (known) return known;
    merged.set(key, node);
    numbers.set(node, numbers.size);
    return node;
  };
  /** Rules build new nodes out of interned ones: intern those too, operands first. */
  const internDeep = (node: Node): Node => {
    if (numbers.has(node)) return node;
    const inputs = node.inputs.map(internDeep);
    const isSame = inputs.every((operand, at) => operand === node.inputs[at]);
    return intern(rewrite(isSame ? node : rebuild(node, inputs), internDeep));
  };
  const replaced = mapGraph(rootsOf(program), (node, inputs) =>
    internDeep(node.inputs.length === 0 ? node : rebuild(node, inputs)),
  );
  const map = (roots: Readonly<Record<string, Node>>) =>
    Object.fromEntries(Object.entries(roots).map(([name, node]) => [name, replaced.get(node) as Node]));
  return { ...program, outputs: map(program.outputs), updates: map(program.updates) };
}

function rebuild(node: Node, inputs: readonly Node[]): Node {
  return inputs.every((operand, at) => operand === node.inputs[at])
    ? node
    : createNode(node.op, inputs, node.attributes as never);
}

/** Applies identities until none fits, then folds constants. */
function rewrite(node: Node, intern: (node: Node) => Node): Node {
  const simpler = (identities[node.op] as ((node: Node) => Node | undefined) | undefined)?.(node);
  if (simpler && simpler !== node) return intern(simpler);
  const isFoldable =
    node.inputs.length > 0 &&
    node.op !== 'random' &&
    sizeOf(node.shape) <= foldLimit &&
    node.inputs.every(({ op }) => op === 'constant');
  if (!isFoldable) return node;
  const [values] = interpretNodes([node]);
  const isUniform = values.length > 0 && values.every((value) => Object.is(value, values[0]));
  return constant(isUniform ? values[0] : values, node.shape, node.dtype);
}
