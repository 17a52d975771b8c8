import { type Access, type ContractionKernel, contiguous, type Statement } from '@polyneuron/fusion';
import { sizeOf } from '@polyneuron/graph';
import { type Layout, rowLayout } from '../device/layout.js';
import { Shader } from '../glsl/shader.js';
import { type Block, blockOf } from './block.js';
import { decodeCoordinates } from './decode.js';
import { type Coordinate, emitStatements, isAligned, loadExpression, scalarSum } from './emitStatements.js';
import { canFinish } from './finish.js';
import { lowerBlock } from './lowerBlock.js';
import { emitLoops, type Fold, lowerFold } from './lowerFold.js';
import { type Lowered, lowered, lowerMap, type MapOutput, readCount } from './lowerMap.js';
import { mergeAxes, type Nest, pruneStatements } from './nest.js';
import { type Load, operandsOf, overDepth } from './operands.js';
import type { LoweringContext, Pass } from './pass.js';
import { straighten } from './straighten.js';

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
  if (isTooWide || productBlock(context, kernel).block || isLongFold(kernel)) {
    const finished = isLongFold(kernel) ? lowerLongFold(context, kernel, statements, outputs) : undefined;
    if (finished) return finished;
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

const bareProduct: readonly Statement[] = [{ op: 'product', dtype: 'float32' }];

const isLongFold = ({ batch, rows, columns, depth }: ContractionKernel): boolean =>
  sizeOf(depth) >= longDepth && sizeOf([...batch, ...rows, ...columns]) <= fewResults;

/** The sums alone as a block, where a texture can take them. */
function productBlock(
  { limits }: LoweringContext,
  kernel: ContractionKernel,
): { readonly block?: Block; readonly layout?: Layout } {
  const block = blockOf(kernel, bareProduct);
  if (!block) return {};
  const layout = rowLayout(4 * block.width * block.rows, block.width, 4);
  return Math.max(layout.width, layout.height) <= limits.textureSize ? { block, layout } : {};
}

/** Few long sums and their epilogue, which the last pass of the fold computes. */
function lowerLongFold(
  context: LoweringContext,
  kernel: ContractionKernel,
  statements: readonly Statement[],
  outputs: readonly MapOutput[],
): Lowered | undefined {
  const { batch, rows, columns, depth } = kernel;
  const outer = [...batch, ...rows, ...columns];
  const buffer = context.scratch('product', 'float32', sizeOf(outer));
  const load: Statement = { op: 'load', access: contiguous(buffer, outer), dtype: 'float32' };
  const finish = {
    domain: outer,
    statements: statements.map((statement) => (statement.op === 'product' ? load : statement)),
    outputs,
    kept: [],
  };
  const operands = operandsOf(kernel);
  if (!canFinish(context, operands, 1, finish)) return undefined;
  const terms: Statement[] = [...operands, { op: 'mul', operands: [0, 1], dtype: 'float32' }];
  const fold: Fold = { value: 2, op: 'sum', dtype: 'float32', buffer };
  return lowerFold(context, [...outer, ...depth], outer.length, terms, [fold], finish);
}

interface Product {
  readonly passes: Pass[];
  /** The statements of the epilogue with the product loaded from memory. */
  loadedIn(statements: readonly Statement[]): Statement[];
}

/** The sums alone, in a buffer of their own. */
export function lowerProduct(context: LoweringContext, kernel: ContractionKernel): Product {
  const { batch, rows, columns, depth } = kernel;
  const outer = [...batch, ...rows, ...columns];
  const size = sizeOf(outer);
  const { block, layout } = productBlock(context, kernel);
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
