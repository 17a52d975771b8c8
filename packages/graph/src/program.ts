import { input, state } from './build/create.js';
import { ProgramError } from './errors.js';
import { topologicalOrder } from './traverse.js';
import type { Node, Program, TensorSpec } from './types.js';

export interface ProgramParts<I extends string, S extends string> {
  readonly name: string;
  readonly inputs?: Readonly<Record<I, TensorSpec>>;
  readonly state?: Readonly<Record<S, TensorSpec>>;
  /** Builds outputs and updates from the leaf nodes. */
  readonly build: (leaves: { inputs: Record<I, Node>; state: Record<S, Node> }) => {
    readonly outputs: Readonly<Record<string, Node>>;
    readonly updates?: Readonly<Record<string, Node>>;
  };
}

/**
 * Makes a program from specs of its leaves and a function that builds the rest.
 *
 * @example
 * defineProgram({
 *   name: 'double',
 *   inputs: { x: { shape: [2], dtype: 'float32' } },
 *   build: ({ inputs: { x } }) => ({ outputs: { y: mul(x, 2) } }),
 * })
 */
export function defineProgram<I extends string = never, S extends string = never>(
  parts: ProgramParts<I, S>,
): Program {
  const inputs = parts.inputs ?? ({} as Record<I, TensorSpec>);
  const states = parts.state ?? ({} as Record<S, TensorSpec>);
  const { outputs, updates = {} } = parts.build({
    inputs: leavesOf(inputs, input),
    state: leavesOf(states, state),
  });
  return { name: parts.name, inputs, state: states, outputs, updates };
}

function leavesOf<K extends string>(
  specs: Readonly<Record<K, TensorSpec>>,
  make: (name: string, spec: TensorSpec) => Node,
): Record<K, Node> {
  const entries = Object.entries<TensorSpec>(specs).map(([name, spec]) => [name, make(name, spec)]);
  return Object.fromEntries(entries) as Record<K, Node>;
}

/** Roots of a program: its outputs, then its updates, in declared order. */
export function rootsOf(program: Program): Node[] {
  return [...Object.values(program.outputs), ...Object.values(program.updates)];
}

/** Every node of a program, operands before users, in a stable order. */
export function nodesOf(program: Program): Node[] {
  return topologicalOrder(rootsOf(program));
}

/** The program of an expression: its `input` and `state` leaves become the program's. */
export function programOf(
  name: string,
  outputs: Readonly<Record<string, Node>>,
  updates: Readonly<Record<string, Node>> = {},
): Program {
  const inputs: Record<string, TensorSpec> = {};
  const states: Record<string, TensorSpec> = {};
  for (const node of topologicalOrder([...Object.values(outputs), ...Object.values(updates)])) {
    if (node.op !== 'input' && node.op !== 'state') continue;
    const specs = node.op === 'input' ? inputs : states;
    const { name: leaf, shape, dtype } = node.attributes;
    const known = specs[leaf];
    if (known && (known.dtype !== dtype || known.shape.join() !== shape.join())) {
      throw new ProgramError({
        subject: `program ${name}`,
        expected: `one spec for ${node.op} '${leaf}'`,
        received: `${known.dtype}[${known.shape}] and ${dtype}[${shape}]`,
        fix: 'give the two leaves different names',
      });
    }
    specs[leaf] = { shape, dtype };
  }
  return { name, inputs, state: states, outputs, updates };
}
