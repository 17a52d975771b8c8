import type { Access, Statement } from '@polyneuron/fusion';
import type { DType } from '@polyneuron/graph';
import { type Axes, placeOf } from './axes.js';
import { expressions } from './expressions.js';
import type { KernelWriter } from './kernelWriter.js';
import { literal, typeOf } from './literals.js';

/** A point of a domain: its merged axes, and the name of the coordinate along each. */
export interface Point {
  readonly axes: Axes;
  readonly coordinates: readonly string[];
}

/** Statements that `roots` depend on. */
export function liveStatements(statements: readonly Statement[], roots: readonly number[]): Set<number> {
  const live = new Set(roots);
  for (let at = statements.length - 1; at >= 0; at--) {
    const statement = statements[at];
    if (live.has(at) && 'operands' in statement) for (const operand of statement.operands) live.add(operand);
  }
  return live;
}

/** Writes the statements that `roots` depend on at one point of a domain. Returns the names of all values. */
export function emitStatements(
  writer: KernelWriter,
  statements: readonly Statement[],
  roots: readonly number[],
  point: Point,
  product?: string,
): string[] {
  const live = liveStatements(statements, roots);
  const names: string[] = [];
  statements.forEach((statement, at) => {
    names.push(live.has(at) ? emitStatement(writer, statements, statement, names, point, product) : '');
  });
  return names;
}

function emitStatement(
  writer: KernelWriter,
  statements: readonly Statement[],
  statement: Statement,
  names: readonly string[],
  { axes, coordinates }: Point,
  product: string | undefined,
): string {
  if (statement.op === 'literal') return literal(statement.value, statement.dtype);
  if (statement.op === 'product') return product as string;
  if (statement.op === 'index') {
    const axis = axes.axisOf(statement.axis);
    return axis === undefined ? '0' : coordinates[axis];
  }
  if (statement.op === 'load') {
    const value = loadFrom(writer, axes.rebase(statement.access), coordinates, statement.dtype);
    return /^\w+\[/.test(value) ? writer.define(typeOf(statement.dtype), value) : value;
  }
  const { op, operands, dtype } = statement;
  const expression = expressions[op]({
    of: operands.map((operand) => names[operand]),
    from: statements[operands[operands.length - 1]].dtype,
    to: dtype,
    call: (name, ...of) => writer.call(name, ...of),
  });
  return writer.define(typeOf(dtype), expression);
}

/** An element of a buffer as an expression; a constant of one value is its literal. */
export function loadFrom(
  writer: KernelWriter,
  access: Access,
  coordinates: readonly string[],
  dtype: DType,
): string {
  const { values } = writer.buffer(access.buffer);
  if (values?.length === 1) return literal(values[0], dtype);
  return `${writer.pointer(access.buffer)}[${writer.integer(placeOf(access, coordinates))}]`;
}

export function storeTo(
  writer: KernelWriter,
  access: Access,
  coordinates: readonly string[],
  value: string,
): void {
  const place = writer.integer(placeOf(access, coordinates));
  writer.line(`${writer.pointer(access.buffer, true)}[${place}] = ${value};`);
}
