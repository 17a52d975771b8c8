import { nodesOf } from './program.js';
import { formatSpec } from './shapes.js';
import type { Node, Program } from './types.js';

/** Literals of up to this many values are printed whole; longer ones by a hash of their bits. */
const literalLimit = 8;

/**
 * A program as text, one node per line, operands before users:
 *
 * ```
 * program double
 *   input x : float32[2]
 *   %0 = input x : float32[2]
 *   %1 = constant 2 : float32[2]
 *   %2 = mul %0, %1 : float32[2]
 *   output y = %2
 * ```
 *
 * Two programs that print alike mean alike: the text is the cache key of every backend.
 */
export function print(program: Program): string {
  const nodes = nodesOf(program);
  const names = new Map(nodes.map((node, at) => [node, `%${at}`]));
  const declared = (kind: string, specs: Program['inputs']) =>
    Object.entries(specs).map(([name, spec]) => `  ${kind} ${name} : ${formatSpec(spec)}`);
  const rooted = (kind: string, roots: Program['outputs']) =>
    Object.entries(roots).map(([name, node]) => `  ${kind} ${name} = ${names.get(node)}`);
  return [
    `program ${program.name}`,
    ...declared('input', program.inputs),
    ...declared('state', program.state),
    ...nodes.map(
      (node) =>
        `  ${names.get(node)} = ${printNode(
          node,
          node.inputs.map((operand) => names.get(operand) as string),
        )}`,
    ),
    ...rooted('output', program.outputs),
    ...rooted('update', program.updates),
  ].join('\n');
}

/** One node, given the names of its operands: `sum %3 axes=[0] : float32[4]`. */
export function printNode(node: Node, operands: readonly string[]): string {
  return [node.op, operands.join(', '), printAttributes(node), `: ${formatSpec(node)}`]
    .filter((part) => part !== '')
    .join(' ');
}

function printAttributes(node: Node): string {
  if (node.op === 'input' || node.op === 'state') return node.attributes.name;
  if (node.op === 'constant') return printLiteral(node.attributes.values);
  // The shape of a result stands at the end of the line anyway
  const attributes = Object.entries(node.attributes).filter(([name]) => name !== 'shape' && name !== 'dtype');
  return attributes
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : printValue(value)}`)
    .join(' ');
}

function printValue(value: unknown): string {
  return Array.isArray(value)
    ? `[${value.map(printValue).join(',')}]`
    : Object.is(value, -0)
      ? '-0'
      : String(value);
}

function printLiteral(values: readonly number[]): string {
  if (values.length === 1) return printValue(values[0]);
  if (values.length <= literalLimit) return printValue(values);
  return `[${printValue(values[0])}, ... ${values.length} values, hash ${hashOf(values)}]`;
}

/** Two independent 32-bit FNV-1a hashes of the float64 bits. */
function hashOf(values: readonly number[]): string {
  const words = new Uint32Array(Float64Array.from(values).buffer);
  return [0x811c9dc5, 0x9747b28c]
    .map(
      (basis) =>
        words.reduce((hash, word) => Math.imul(hash ^ word, 0x01000193) ^ (hash >>> 15), basis) >>> 0,
    )
    .map((hash) => hash.toString(16).padStart(8, '0'))
    .join('');
}
