import type { Access, Statement } from '@polyneuron/fusion';
import { stridesOf } from '@polyneuron/graph';
import { expressions, intLiteral, vectorLiteral, vectorType } from '../glsl/expressions.js';
import type { Shader } from '../glsl/shader.js';

/**
 * The coordinate of the four elements of a texel along one axis: the same int for all, an int that grows by one from
 * element to element, or an ivec4.
 */
export interface Coordinate {
  readonly kind: 'scalar' | 'lane' | 'vector';
  readonly name: string;
}

/** `offset + Σ stride · coordinate` over scalar coordinates. */
export function scalarSum(offset: number, terms: readonly (readonly [number, string])[]): string {
  const parts = terms.flatMap(([stride, name]) =>
    stride === 0 ? [] : [stride === 1 ? name : `${intLiteral(stride)} * ${name}`],
  );
  return [...(offset !== 0 || parts.length === 0 ? [intLiteral(offset)] : []), ...parts].join(' + ');
}

/** Whether the four elements that a lane coordinate reaches always are one texel. */
export function isAligned({ offset, strides }: Access, lane: number): boolean {
  return (
    strides[lane] === 1 &&
    offset % 4 === 0 &&
    strides.every((stride, axis) => axis === lane || stride % 4 === 0)
  );
}

/** Whether an access over [...rows, ...others] walks `rows` row by row and ignores the others. */
function isRowByRow({ offset, strides }: Access, rows: readonly number[]): boolean {
  const expected = stridesOf(rows);
  return offset % 4 === 0 && strides.every((stride, axis) => stride === (expected[axis] ?? 0));
}

/**
 * Four elements of a buffer. `rows` are the extents of the leading axes where their coordinates are those of the four
 * elements from `first` on.
 */
export function loadExpression(
  shader: Shader,
  access: Access,
  coordinates: readonly Coordinate[],
  rows?: readonly number[],
  layer?: number,
): string {
  const { dtype, values, kind } = shader.buffer(access.buffer);
  if (kind === 'constant' && values?.length === 1) return vectorLiteral(values[0], dtype);
  if (rows && rows.length > 0 && isRowByRow(access, rows)) {
    const here = access.offset === 0 ? shader.here(access.buffer, layer) : undefined;
    if (here) return here;
    if (layer === undefined)
      return `q${shader.sampler(access.buffer)}(${scalarSum(access.offset / 4, [[1, '(first >> 2)']])})`;
  }
  const sampler = shader.sampler(access.buffer);
  const type = vectorType(dtype);
  const termsOf = (kind: Coordinate['kind']) =>
    coordinates.flatMap((coordinate, axis) =>
      coordinate.kind === kind && access.strides[axis] !== 0
        ? [[access.strides[axis], coordinate.name] as const]
        : [],
    );
  const [scalars, vectors] = [termsOf('scalar'), termsOf('vector')];
  const lane = coordinates.findIndex(({ kind }, axis) => kind === 'lane' && access.strides[axis] !== 0);
  const laneStride = lane < 0 ? 0 : access.strides[lane];
  if (vectors.length > 0) {
    const lanes =
      laneStride === 0 ? [] : [[laneStride, `(${coordinates[lane].name} + ivec4(0, 1, 2, 3))`] as const];
    return `g${sampler}(${scalarSum(access.offset, [...scalars, ...lanes, ...vectors])})`;
  }
  if (laneStride === 0) return `${type}(e${sampler}(${scalarSum(access.offset, scalars)}))`;
  const laneTerm = [laneStride, coordinates[lane].name] as const;
  if (isAligned(access, lane)) {
    const quarters = scalars.map(([stride, name]) => [stride / 4, name] as const);
    return `q${sampler}(${scalarSum(access.offset / 4, [...quarters, [1, `(${coordinates[lane].name} >> 2)`]])})`;
  }
  const start = shader.define('int', scalarSum(access.offset, [...scalars, laneTerm]), 'a');
  const elements = [0, 1, 2, 3].map(
    (at) => `e${sampler}(${at === 0 ? start : `${start} + ${intLiteral(at * laneStride)}`})`,
  );
  return `${type}(${elements.join(', ')})`;
}

interface Emission {
  readonly shader: Shader;
  readonly statements: readonly Statement[];
  readonly coordinates: readonly Coordinate[];
  readonly rows?: readonly number[];
  /** Which of four rows, where targets have layers. */
  readonly layer?: number;
  /** Value of the contraction that the statements finish. */
  readonly product?: string;
  /** Value of a load that is known already. */
  readonly loaded?: (access: Access) => string | undefined;
}

/** Writes the statements; returns the name of each. */
export function emitStatements(emission: Emission): string[] {
  const { shader, statements, coordinates, rows, layer, product, loaded } = emission;
  const names: string[] = [];
  for (const statement of statements) {
    const { op, dtype } = statement;
    const type = vectorType(dtype);
    if (op === 'load')
      names.push(
        loaded?.(statement.access) ??
          shader.define(type, loadExpression(shader, statement.access, coordinates, rows, layer)),
      );
    else if (op === 'literal') names.push(vectorLiteral(statement.value, dtype));
    else if (op === 'index') names.push(lanesOf(coordinates[statement.axis]));
    else if (op === 'product') names.push(product as string);
    else {
      const { operands } = statement;
      const expression = expressions[op]({
        of: operands.map((operand) => names[operand]),
        // The first operand of a select is its condition
        from: statements[operands[operands.length - 1]].dtype,
        to: dtype,
        call: shader.call,
      });
      names.push(shader.define(type, expression));
    }
  }
  return names;
}

const lanesOf = ({ kind, name }: Coordinate): string =>
  kind === 'vector' ? name : kind === 'lane' ? `(${name} + ivec4(0, 1, 2, 3))` : `ivec4(${name})`;
