import { ProgramError, ShapeError } from './errors.js';
import { formatShape } from './shapes.js';
import type { Shape } from './types.js';

/** A parsed two-operand einsum: one letter per axis. */
export interface EinsumSpec {
  readonly left: readonly string[];
  readonly right: readonly string[];
  readonly output: readonly string[];
}

/** Parses `'ij,jk->ik'`; the output is required, one letter names one axis, no letter repeats inside one term. */
export function parseEinsum(spec: string): EinsumSpec {
  const match = /^([a-zA-Z]*),([a-zA-Z]*)->([a-zA-Z]*)$/.exec(spec.replaceAll(' ', ''));
  if (!match) {
    throw new ProgramError({
      subject: 'einsum',
      expected: "two operands and an output, one letter per axis, as in 'ij,jk->ik'",
      received: `'${spec}'`,
      fix: 'write the output term out; use several einsums for more operands',
    });
  }
  const [left, right, output] = match.slice(1).map((term) => [...term]);
  for (const [name, term] of Object.entries({ left, right, output })) {
    const repeated = term.find((label, at) => term.indexOf(label) !== at);
    if (repeated) {
      throw new ProgramError({
        subject: `einsum '${spec}'`,
        expected: `each label once in the ${name} term`,
        received: `'${repeated}' twice`,
        fix: 'diagonals are not part of einsum: gather them first',
      });
    }
  }
  const orphan = output.find((label) => !left.includes(label) && !right.includes(label));
  if (orphan) {
    throw new ProgramError({
      subject: `einsum '${spec}'`,
      expected: 'output labels that an operand has',
      received: `'${orphan}'`,
      fix: 'broadcast the result instead',
    });
  }
  return { left, right, output };
}

export function formatEinsum({ left, right, output }: EinsumSpec): string {
  return `${left.join('')},${right.join('')}->${output.join('')}`;
}

/** Extent of every label; throws when the operands disagree. */
export function einsumExtents(spec: EinsumSpec, a: Shape, b: Shape): Map<string, number> {
  const text = formatEinsum(spec);
  const extents = new Map<string, number>();
  for (const [labels, shape] of [
    [spec.left, a],
    [spec.right, b],
  ] as const) {
    if (labels.length !== shape.length) {
      throw new ShapeError({
        subject: `einsum '${text}'`,
        expected: `an operand of rank ${labels.length} for '${labels.join('')}'`,
        received: formatShape(shape),
        details: { left: formatShape(a), right: formatShape(b) },
        fix: 'give each axis one letter',
      });
    }
    labels.forEach((label, axis) => {
      const known = extents.get(label);
      if (known !== undefined && known !== shape[axis]) {
        throw new ShapeError({
          subject: `einsum '${text}'`,
          expected: `equal extents of label '${label}'`,
          received: `${known} and ${shape[axis]}`,
          details: { left: formatShape(a), right: formatShape(b) },
          fix: 'check the order of axes of both operands',
        });
      }
      extents.set(label, shape[axis]);
    });
  }
  return extents;
}

/** Role of each label: what GEMM calls batch, rows, columns and depth. */
export interface EinsumRoles {
  /** In both operands and the output. */
  readonly batch: readonly string[];
  /** In the left operand and the output. */
  readonly rows: readonly string[];
  /** In the right operand and the output. */
  readonly columns: readonly string[];
  /** In both operands, summed. */
  readonly depth: readonly string[];
}

/** Classifies the labels of a valid einsum node, each group in the order of the operand that leads it. */
export function einsumRoles({ left, right, output }: EinsumSpec): EinsumRoles {
  return {
    batch: left.filter((label) => right.includes(label) && output.includes(label)),
    rows: left.filter((label) => !right.includes(label)),
    columns: right.filter((label) => !left.includes(label)),
    depth: left.filter((label) => right.includes(label) && !output.includes(label)),
  };
}
