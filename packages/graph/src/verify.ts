import { ProgramError } from './errors.js';
import { nodesOf } from './program.js';
import { inferSpec } from './shapeRules.js';
import { formatSpec, isSameShape } from './shapes.js';
import type { Node, Program, TensorSpec } from './types.js';

/**
 * Checks what every pass must keep: shapes follow the rules, leaves are declared with the spec they carry, updates
 * fit their state. Returns the program, so that it can stand in an expression.
 *
 * Throws   ProgramError naming the node
 */
export function verify(program: Program): Program {
  for (const node of nodesOf(program)) {
    const expected = inferSpec(node.op, node.inputs, node.attributes as never);
    requireSpec(program, `node ${node.op}`, expected, node);
    if (node.op === 'input') requireDeclared(program, 'input', node.attributes.name, program.inputs, node);
    if (node.op === 'state') requireDeclared(program, 'state', node.attributes.name, program.state, node);
  }
  for (const [name, node] of Object.entries(program.updates))
    requireDeclared(program, 'state', name, program.state, node);
  return program;
}

function requireDeclared(
  program: Program,
  kind: string,
  name: string,
  specs: Readonly<Record<string, TensorSpec>>,
  node: Node,
): void {
  if (!(name in specs)) {
    throw new ProgramError({
      subject: `program ${program.name}`,
      expected: `a declared ${kind} '${name}'`,
      received: `${Object.keys(specs).join(', ') || 'none'}`,
      fix: `declare ${kind} '${name}' ${formatSpec(node)}`,
    });
  }
  requireSpec(program, `${kind} '${name}'`, specs[name], node);
}

function requireSpec(program: Program, subject: string, expected: TensorSpec, received: TensorSpec): void {
  if (expected.dtype === received.dtype && isSameShape(expected.shape, received.shape)) return;
  throw new ProgramError({
    subject: `program ${program.name}, ${subject}`,
    expected: formatSpec(expected),
    received: formatSpec(received),
    fix: 'build nodes with createNode or the builders, which apply the shape rules',
  });
}
