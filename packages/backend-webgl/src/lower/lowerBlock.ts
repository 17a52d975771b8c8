/** @file The shader of a contraction by blocks. */
import type { BufferId } from '@polyneuron/fusion';
import { sizeOf } from '@polyneuron/graph';
import { glslFloat } from '../glsl/functions.js';
import { Shader, type ShaderTarget } from '../glsl/shader.js';
import { type Block, type Operand, rowStride, rowWidth } from './block.js';
import { decodeOne } from './decode.js';
import { type Coordinate, emitStatements, scalarSum } from './emitStatements.js';
import { emitLoops } from './lowerFold.js';
import type { Nest } from './nest.js';
import type { LoweringContext, Pass } from './pass.js';

const four = [0, 1, 2, 3] as const;
const parts = ['x', 'y', 'z', 'w'] as const;

/** Values of the epilogue, by statement, and the buffers with four layers that take them. */
export function lowerBlock(
  context: LoweringContext,
  block: Block,
  roots: readonly number[],
  targets: readonly BufferId[],
): Pass {
  const { nest } = block;
  const shader = new Shader(context, targets);
  const rowBlocks = nest.outer.slice(0, -1);
  rowBlocks.push(Math.ceil((rowBlocks.pop() as number) / 4));
  // Rows beyond the last one compute what nobody reads
  const leading = decodeOne(shader, rowBlocks, 'place.y');
  const rowBlock = leading.pop() as Coordinate;
  const products = emitProducts(shader, block, leading, rowBlock.name);
  const lane: Coordinate = { kind: 'lane', name: shader.define('int', 'place.x << 2', 'c') };
  const values = four.map((layer) => {
    const row: Coordinate = {
      kind: 'scalar',
      name: shader.define('int', `(${rowBlock.name} << 2) + ${layer}`, 'c'),
    };
    const names = emitStatements({
      shader,
      // Numbered without the two operands
      statements: nest.statements.slice(2),
      coordinates: [...leading, row, lane],
      rows: nest.outer,
      layer,
      product: products[layer],
    });
    return roots.map((root): ShaderTarget => {
      const statement = nest.statements[root + 2];
      return { dtype: statement.dtype, value: names[root] };
    });
  });
  return {
    source: shader.source(roots.flatMap((_, at) => values.map((ofRow) => ofRow[at]))),
    reads: shader.reads,
    targets,
    size: sizeOf(nest.outer),
  };
}

/** Names of the sums of four rows. */
function emitProducts(
  shader: Shader,
  { nest, left, right }: Block,
  leading: readonly Coordinate[],
  rowBlock: string,
): string[] {
  const depth = nest.inner.length - 1;
  const readLeft = readerOf(shader, nest, left, rowBlock, leading);
  const readRight = readerOf(shader, nest, right, 'place.x', leading);
  const totals = four.map(() => shader.define('vec4', 'vec4(0.0)', 'total'));
  const inner = nest.inner.map((extent, axis) => (axis === depth ? extent / 4 : extent));
  emitLoops(shader, inner, false, (terms) => {
    const [a, b] = [readLeft(terms), readRight(terms)];
    const rows =
      left.direction === 'along'
        ? a
        : parts.map((part) => `vec4(${a.map((texel) => `${texel}.${part}`).join(', ')})`);
    const matrix = shader.define('mat4', `mat4(${b.join(', ')})`, 'm');
    rows.forEach((row, at) => {
      // Columns of the matrix are terms of four results, or results of four terms
      const product = right.direction === 'across' ? `${matrix} * ${row}` : `${row} * ${matrix}`;
      shader.line(`${totals[at]} += ${product};`);
    });
  });
  return totals;
}

/** Reads the four texels of an operand for a step; `terms` are the inner coordinates, the last one in fours. */
type Reader = (terms: readonly Coordinate[]) => string[];

/**
 * What an operand needs for a step is four texels: of four of its own rows with four terms each, or of four terms with
 * four rows each. `own` counts its own axis in fours. Whatever does not change from step to step is computed once.
 */
function readerOf(
  shader: Shader,
  nest: Nest,
  operand: Operand,
  own: string,
  leading: readonly Coordinate[],
): Reader {
  const { access, direction } = operand;
  const { width, layers } = shader.layoutOf(access.buffer);
  const stride = rowStride(operand);
  const step = layers === 1 ? stride : 4 * stride;
  const innerAt = nest.outer.length;
  const innerStrides = access.strides.slice(innerAt, -1);
  const leadingTerms = leading.map(({ name }, axis) => [access.strides[axis], name] as const);
  const isInput = shader.buffer(access.buffer).kind === 'input';
  const offsets = [access.offset, ...innerStrides, ...leadingTerms.map(([by]) => by)];
  const hasRows = !isInput && rowWidth(nest, operand) === width && offsets.every((by) => by % step === 0);
  const sumOf = (unit: number, terms: readonly (readonly [number, string])[], offset = 0) =>
    scalarSum(
      offset / unit,
      terms.map(([by, name]) => [by / unit, name] as const),
    );
  const innerTerms = (terms: readonly Coordinate[]) =>
    innerStrides.map((by, at) => [by, terms[at].name] as const);
  if (hasRows) {
    const start = shader.define('int', sumOf(step, leadingTerms, access.offset), 'a');
    return texelsByRows(shader, access.buffer, direction, own, start, (terms) =>
      sumOf(step, innerTerms(terms)),
    );
  }
  const sampler = shader.sampler(access.buffer);
  const ownStride = direction === 'along' ? stride : 1;
  const start = shader.define('int', `${sumOf(4, leadingTerms, access.offset)} + ${ownStride} * ${own}`, 'a');
  const quarterStride = direction === 'along' ? 1 : stride;
  return (terms) => {
    const quarter = terms[terms.length - 1].name;
    const first = shader.define(
      'int',
      `${start} + ${sumOf(4, innerTerms(terms))} + ${quarterStride} * ${quarter}`,
      'a',
    );
    return four.map((at) =>
      shader.define('vec4', `q${sampler}(${at === 0 ? first : `${first} + ${(at * stride) / 4}`})`, 't'),
    );
  };
}

/** Texels of a buffer whose rows are rows of its texture. `start` counts these, or with layers fours of them. */
function texelsByRows(
  shader: Shader,
  buffer: BufferId,
  direction: Operand['direction'],
  own: string,
  start: string,
  others: (terms: readonly Coordinate[]) => string,
): Reader {
  const { width, height, layers } = shader.layoutOf(buffer);
  const column = (texel: string) => `(float(${texel}) + 0.5) * ${glslFloat(1 / width)}`;
  const row = (fours: string, base: string) =>
    `(float(${layers === 1 ? `(${fours} << 2)` : fours} + ${base}) + 0.5) * ${glslFloat(1 / height)}`;
  const isAlong = direction === 'along';
  const fixed = shader.define('float', isAlong ? row(own, start) : column(own), 'u');
  return (terms) => {
    const quarter = terms[terms.length - 1].name;
    const rest = others(terms);
    const moving = shader.define(
      'float',
      isAlong ? column(quarter) : row(quarter, rest === '0' ? start : `${start} + ${rest}`),
      'u',
    );
    const shift = isAlong && rest !== '0' ? ` + float(${rest}) * ${glslFloat(1 / height)}` : '';
    const [u, v] = isAlong ? [moving, `${fixed}${shift}`] : [fixed, moving];
    return four.map((at) => {
      if (layers === 4) return shader.define('vec4', shader.sample(buffer, u, v, glslFloat(at)), 't');
      const below = at === 0 ? v : `${v} + ${glslFloat(at / height)}`;
      return shader.define('vec4', shader.sample(buffer, u, below), 't');
    });
  };
}
