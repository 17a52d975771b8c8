import { type Access, type ContractionKernel, contiguous, type Statement } from '@polyneuron/fusion';
import { sizeOf, stridesOf } from '@polyneuron/graph';
import { rowLayout } from '../device/layout.js';
import { Shader } from '../glsl/shader.js';
import { blockOf } from './block.js';
import { decodeCoordinates } from './decode.js';
import { type Coordinate, emitStatements, isAligned, loadExpression, scalarSum } from './emitStatements.js';
import { emitLoops, lowerFold } from './lowerFold.js';
import { lowerBlock } from './lowerBlock.js';
import { type Lowered, lowered, lowerMap, type MapOutput, readCount } from './lowerMap.js';
import { mergeAxes, type Nest, pruneStatements } from './nest.js';
import { type Load, operandsOf, overDepth } from './operands.js';
import type { LoweringContext, Pass } from './pass.js';

/** A depth from here on with few results is a fold of its own, in two passes. */
const longDepth = 512;
const fewResults = 256;

/**
 * Products and the epilogue: by blocks where shapes allow, else four columns per fragment. One pass where the targets
 * of both go together.
 */
export function lowerContraction(
  context: LoweringContext,
  kernel: ContractionKernel,
  statements: readonly Statement[],
  outputs: readonly MapOutput[],
): Lowered {
  const { batch, rows, columns, depth } = kernel;
  const outer = [...batch, ...rows, ...columns];
  const domain = [...outer, ...depth];
  const pruned = pruneStatements(
    statements,
    outputs.map(({ value }) => value),
  );
  const [left, right] = operandsOf(kernel);
  const all = [left, right, ...overDepth(pruned.statements, depth.length)];
  const targets = outputs.map(({ buffer }) => buffer);
  const block = blockOf(kernel, pruned.statements);
  if (block && targets.every((target) => context.layouts[target].layers === 4))
    return lowered(lowerBlock(context, block, pruned.roots, targets));
  const isTooWide =
    outputs.length > context.limits.targets || readCount(context, all) > context.limits.samplers;
  if (isTooWide || blockOf(kernel, bareProduct) || isLongFold(kernel)) {
    const product = lowerProduct(context, kernel);
    const rest = lowerMap(context, outer, product.loadedIn(statements), outputs);
    return { before: [...product.passes, ...rest.before], passes: rest.passes };
  }
  const { before, nest } = straighten(context, mergeAxes(domain, outer.length, all));
  const shader = new Shader(context, targets);
  const coordinates = decodeCoordinates(shader, nest.outer);
  const product = emitProduct(shader, nest, coordinates);
  const names = emitStatements({
    shader,
    // Numbered without the two operands
    statements: nest.statements.slice(2),
    coordinates,
    rows: nest.outer,
    product,
  });
  const pass = {
    source: shader.source(
      pruned.roots.map((root) => ({ dtype: pruned.statements[root].dtype, value: names[root] })),
    ),
    reads: shader.reads,
    targets,
    size: sizeOf(outer),
  };
  return { before, passes: [pass] };
}

const nothing: Lowered = { before: [], passes: [] };

const bareProduct: readonly Statement[] = [{ op: 'product', dtype: 'float32' }];

const isLongFold = ({ batch, rows, columns, depth }: ContractionKernel): boolean =>
  sizeOf(depth) >= longDepth && sizeOf([...batch, ...rows, ...columns]) <= fewResults;

interface Product {
  readonly passes: Pass[];
  /** The statements of the epilogue with the product loaded from memory. */
  loadedIn(statements: readonly Statement[]): Statement[];
}

/** The sums alone, in a buffer of their own. */
export function lowerProduct(context: LoweringContext, kernel: ContractionKernel): Product {
  const { batch, rows, columns, depth } = kernel;
  const outer = [...batch, ...rows, ...columns];
  const block = blockOf(kernel, bareProduct);
  const size = sizeOf(outer);
  const layout = block && rowLayout(size, block.width, 4);
  const buffer = context.scratch('product', 'float32', size, layout);
  const { before, passes } = block
    ? lowered(lowerBlock(context, block, [0], [buffer]))
    : isLongFold(kernel)
      ? lowerFold(
          context,
          [...outer, ...depth],
          outer.length,
          [...operandsOf(kernel), { op: 'mul', operands: [0, 1], dtype: 'float32' }],
          [{ value: 2, op: 'sum', dtype: 'float32', buffer }],
        )
      : lowerContraction(context, kernel, bareProduct, [{ value: 0, buffer }]);
  const load: Statement = { op: 'load', access: contiguous(buffer, outer), dtype: 'float32' };
  return {
    passes: [...before, ...passes],
    loadedIn: (statements) => statements.map((statement) => (statement.op === 'product' ? load : statement)),
  };
}

/** Results that share one term; from here on a copy of the terms in a better order pays. */
const manySharers = 32;

/**
 * Copies an operand whose terms do not lie side by side, where each of them is used by many results: four terms then
 * are one texel, and a product of four by four takes five texels instead of eight.
 */
function straighten(context: LoweringContext, nest: Nest): { readonly before: Pass[]; readonly nest: Nest } {
  const { outer, inner, statements } = nest;
  const extents = [...outer, ...inner];
  const [along, lane] = [extents.length - 1, outer.length - 1];
  const depth = inner.at(-1) ?? 0;
  const hasLanes = lane === 0 || (lane > 0 && outer[lane] % 4 === 0);
  if (!hasLanes || depth === 0 || depth % 4 !== 0) return { before: [], nest };
  const operands = statements.slice(0, 2) as Load[];
  const at = operands.findIndex(({ access }, one) => {
    const { access: other } = operands[1 - one];
    const sharers = sizeOf(outer.filter((_, axis) => access.strides[axis] === 0));
    const isStraight = isAligned(access, along);
    return !isStraight && access.strides[lane] === 0 && isAligned(other, lane) && sharers >= manySharers;
  });
  if (at < 0 || operands[at].access.strides[along] === 0) return { before: [], nest };
  const { access } = operands[at];
  const axes = [...extents.keys()].filter((axis) => access.strides[axis] !== 0);
  const shape = axes.map((axis) => extents[axis]);
  const key = `${access.buffer}+${access.offset}:${axes.map((axis) => access.strides[axis])}:${shape}`;
  const known = context.copies.get(key);
  const buffer = known ?? context.scratch('straightened', 'float32', sizeOf(shape));
  // State may change between two readers; everything else is written before the first one
  if (context.buffers[access.buffer].kind !== 'state') context.copies.set(key, buffer);
  const load: Load = {
    op: 'load',
    access: { ...access, strides: axes.map((axis) => access.strides[axis]) },
    dtype: 'float32',
  };
  const { before, passes } =
    known === undefined ? lowerMap(context, shape, [load], [{ value: 0, buffer }]) : nothing;
  const straight = stridesOf(shape);
  const strides = extents.map((_, axis) => (axes.includes(axis) ? straight[axes.indexOf(axis)] : 0));
  const copied: Load = { op: 'load', access: { buffer, offset: 0, strides }, dtype: 'float32' };
  return {
    before: [...before, ...passes],
    nest: { ...nest, statements: statements.map((statement, i) => (i === at ? copied : statement)) },
  };
}

/** Σ over the inner axes of the product of the first two statements, for four results. */
function emitProduct(shader: Shader, nest: Nest, results: readonly Coordinate[]): string {
  const [left, right] = nest.statements as readonly Load[];
  const total = shader.define('vec4', 'vec4(0.0)', 'total');
  const extents = [...nest.outer, ...nest.inner];
  const along = extents.length - 1;
  const lane = results.findIndex(({ kind }) => kind === 'lane');
  const depth = nest.inner.at(-1) ?? 1;
  const goesAlong = ({ access }: Load) => depth % 4 === 0 && isAligned(access, along);
  const goesAcross = ({ access }: Load) => lane >= 0 && isAligned(access, lane);
  const isShared = ({ access }: Load) =>
    results.every(({ kind }, axis) => kind === 'scalar' || access.strides[axis] === 0);
  const orders: readonly (readonly [Load, Load])[] = [
    [left, right],
    [right, left],
  ];
  const spread = orders.find(([a, b]) => goesAlong(a) && isShared(a) && goesAcross(b));
  if (spread) emitSpread(shader, nest, results, spread, total);
  else if (goesAlong(left) && goesAlong(right)) emitDots(shader, nest, results, [left, right], total);
  else
    emitLoops(shader, nest.inner, false, (terms) => {
      const [a, b] = [left, right].map(({ access }) =>
        loadExpression(shader, access, [...results, ...terms]),
      );
      shader.line(`${total} += ${a} * ${b};`);
    });
  return total;
}

/** Four terms from one texel of `a`, each times four results' worth of `b`. */
function emitSpread(
  shader: Shader,
  nest: Nest,
  results: readonly Coordinate[],
  [a, b]: readonly [Load, Load],
  total: string,
): void {
  emitLoops(shader, nest.inner, true, (terms) => {
    const four = shader.define('vec4', loadExpression(shader, a.access, [...results, ...terms]));
    ['x', 'y', 'z', 'w'].forEach((part, at) => {
      const { name } = terms[terms.length - 1];
      const term: Coordinate = { kind: 'scalar', name: at === 0 ? name : `(${name} + ${at})` };
      const value = loadExpression(shader, b.access, [...results, ...terms.slice(0, -1), term]);
      shader.line(`${total} += ${four}.${part} * ${value};`);
    });
  });
}

/** Four terms at a time of four results, each a dot product of two texels. */
function emitDots(
  shader: Shader,
  nest: Nest,
  results: readonly Coordinate[],
  loads: readonly Load[],
  total: string,
): void {
  const hasLanes = (access: Access) =>
    results.some(({ kind }, axis) => kind !== 'scalar' && access.strides[axis] !== 0);
  emitLoops(shader, nest.inner, true, (terms) => {
    const coordinates = [...results, ...terms];
    const texels = loads.map(({ access }) => {
      const sampler = shader.sampler(access.buffer);
      // Every stride but the last is a multiple of 4
      const sum = scalarSum(
        access.offset / 4,
        coordinates.map(({ kind, name }, axis): readonly [number, string] => {
          if (axis === coordinates.length - 1) return [1, `(${name} >> 2)`];
          const isLane = kind === 'lane' && access.strides[axis] !== 0;
          return [access.strides[axis] / 4, isLane ? `(${name} + ivec4(0, 1, 2, 3))` : name];
        }),
      );
      if (!hasLanes(access)) {
        const texel = shader.define('vec4', `q${sampler}(${sum})`);
        return [texel, texel, texel, texel];
      }
      const places = shader.define('ivec4', sum, 'a');
      return ['x', 'y', 'z', 'w'].map((part) => `q${sampler}(${places}.${part})`);
    });
    const dots = [0, 1, 2, 3].map((at) => `dot(${texels[0][at]}, ${texels[1][at]})`);
    shader.line(`${total} += vec4(${dots.join(', ')});`);
  });
}
