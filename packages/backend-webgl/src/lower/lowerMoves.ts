/** @file Kernels other than loops and contractions: one pass each, every result on its own. */
import type {
  ArgMaxKernel,
  CumulativeKernel,
  GatherKernel,
  RandomKernel,
  ScatterAddKernel,
} from '@polyneuron/fusion';
import { type DType, sizeOf } from '@polyneuron/graph';
import { vectorLiteral, vectorType } from '../glsl/expressions.js';
import { Shader } from '../glsl/shader.js';
import { decodeCoordinates } from './decode.js';
import { type Coordinate, loadExpression } from './emitStatements.js';
import { emitLoops } from './lowerFold.js';
import { type Lowered, lowered } from './lowerMap.js';
import type { LoweringContext } from './pass.js';

function finish(shader: Shader, buffer: number, dtype: DType, size: number, value: string): Lowered {
  return lowered({
    source: shader.source([{ dtype, value }]),
    reads: shader.reads,
    targets: [buffer],
    size,
  });
}

/** Every element adds up its own prefix: n² / 2 reads along an axis of n, all in parallel. */
export function lowerCumulative(context: LoweringContext, kernel: CumulativeKernel): Lowered {
  const { domain, axis, exclusive, reverse, source, target, dtype } = kernel;
  const shader = new Shader(context, [kernel.target.buffer]);
  const type = vectorType(dtype);
  const at = decodeCoordinates(shader, domain);
  const total = shader.define(type, vectorLiteral(0, dtype), 'total');
  const { kind, name } = at[axis];
  const place = shader.define(
    'ivec4',
    kind === 'lane' ? `${name} + ivec4(0, 1, 2, 3)` : `ivec4(${name})`,
    'i',
  );
  const compare = `${reverse ? 'greaterThan' : 'lessThan'}${exclusive ? '' : 'Equal'}`;
  emitLoops(shader, [domain[axis]], false, ([term]) => {
    const coordinates = at.map((coordinate, i): Coordinate => (i === axis ? term : coordinate));
    const value = loadExpression(shader, source, coordinates);
    const isIn = `${compare}(ivec4(${term.name}), ${place})`;
    shader.line(
      dtype === 'float32'
        ? `${total} += mix(vec4(0.0), ${value}, ${isIn});`
        : `${total} += ${value} * ivec4(${isIn});`,
    );
  });
  return finish(shader, target.buffer, dtype, sizeOf(domain), total);
}

/** An index out of range gives NaN, or the smallest integer: shaders cannot raise errors. */
export function lowerGather(context: LoweringContext, kernel: GatherKernel): Lowered {
  const { outer, count, inner, size, table, indices, target } = kernel;
  const { dtype } = context.buffers[table.buffer];
  const shader = new Shader(context, [kernel.target.buffer]);
  const extents = [outer, count, inner];
  const at = decodeCoordinates(shader, extents);
  const type = vectorType(dtype);
  const row = shader.define('ivec4', loadExpression(shader, { ...indices, strides: [0, 1, 0] }, at), 'row');
  const isOut = shader.define(
    'ivec4',
    `ivec4(lessThan(${row}, ivec4(0))) | ivec4(greaterThanEqual(${row}, ivec4(${size})))`,
    'out',
  );
  const isRowShared = at[1].kind === 'scalar';
  const sampler = shader.sampler(table.buffer);
  const base = `(${lanes(at[0])} * ${size} + ${row}) * ${inner} + ${lanes(at[2])}`;
  const texel = `((${at[0].name} * ${size} + ${row}.x) * ${inner} + ${at[2].name}) >> 2`;
  const value = shader.define(
    type,
    // A texel of results is a texel of the row where rows are whole texels
    isRowShared && at[2].kind === 'lane' && inner % 4 === 0
      ? `q${sampler}(${texel})`
      : `g${sampler}(${base})`,
  );
  const bad = vectorLiteral(
    dtype === 'float32' ? Number.NaN : -(2 ** 31),
    dtype === 'bool' ? 'int32' : dtype,
  );
  const result =
    dtype === 'float32'
      ? `mix(${value}, ${bad}, bvec4(${isOut}))`
      : shader.call('pickInt', isOut, bad, value);
  return finish(shader, target.buffer, dtype, sizeOf(extents), result);
}

const lanes = ({ kind, name }: Coordinate): string =>
  kind === 'lane' ? `(${name} + ivec4(0, 1, 2, 3))` : name;

/**
 * Every target element looks at all indices and adds the updates that are its own, in their order: count reads of
 * indices per element, of updates only what it adds. Indices out of range add nothing.
 */
export function lowerScatterAdd(context: LoweringContext, kernel: ScatterAddKernel): Lowered {
  const { outer, count, inner, size, updates, indices, target, dtype } = kernel;
  const shader = new Shader(context, [kernel.target.buffer]);
  const extents = [outer, size, inner];
  const at = decodeCoordinates(shader, extents);
  const type = vectorType(dtype);
  const total = shader.define(type, vectorLiteral(0, dtype), 'total');
  const index = shader.sampler(indices.buffer);
  const values = shader.sampler(updates.buffer);
  const place = shader.define('ivec4', `ivec4(${lanes(at[1])})`, 'i');
  emitLoops(shader, [count], false, ([{ name }]) => {
    const isOwn = shader.define('bvec4', `equal(ivec4(e${index}(${name})), ${place})`, 'own');
    shader.block(`if (any(${isOwn}))`, () => {
      const base = `(${lanes(at[0])} * ${count} + ${name}) * ${inner} + ${lanes(at[2])}`;
      const isTexel = at[1].kind === 'scalar' && at[2].kind === 'lane' && inner % 4 === 0;
      const texel = `((${at[0].name} * ${count} + ${name}) * ${inner} + ${at[2].name}) >> 2`;
      const value = isTexel ? `q${values}(${texel})` : `g${values}(ivec4(${base}))`;
      shader.line(
        dtype === 'float32'
          ? `${total} += mix(vec4(0.0), ${value}, ${isOwn});`
          : `${total} += ${value} * ivec4(${isOwn});`,
      );
    });
  });
  return finish(shader, target.buffer, dtype, sizeOf(extents), total);
}

/** Index of the first maximum along the last axis. */
export function lowerArgMax(context: LoweringContext, kernel: ArgMaxKernel): Lowered {
  const { domain, source, target, dtype } = kernel;
  const shader = new Shader(context, [kernel.target.buffer]);
  const outer = domain.slice(0, -1);
  const at = decodeCoordinates(shader, outer);
  const type = vectorType(dtype);
  const load = (term: string) => loadExpression(shader, source, [...at, { kind: 'scalar', name: term }]);
  const best = shader.define(type, load('0'), 'best');
  const place = shader.define('ivec4', 'ivec4(0)', 'place');
  shader.block(`for (int k = 1; k < ${domain[domain.length - 1]}; k++)`, () => {
    const value = shader.define(type, load('k'));
    const isMore = shader.define('ivec4', `ivec4(greaterThan(${value}, ${best}))`, 'more');
    shader.line(
      dtype === 'float32'
        ? `${best} = mix(${best}, ${value}, bvec4(${isMore}));`
        : `${best} = ${shader.call('pickInt', isMore, value, best)};`,
    );
    shader.line(`${place} = ${shader.call('pickInt', isMore, 'ivec4(k)', place)};`);
  });
  return finish(shader, target.buffer, 'int32', sizeOf(outer), place);
}

/** Two blocks of Threefry per texel, in 32-bit unsigned arithmetic: the bits of the interpreter. */
export function lowerRandom(context: LoweringContext, kernel: RandomKernel): Lowered {
  const { count, key, target } = kernel;
  const shader = new Shader(context, [kernel.target.buffer]);
  const sampler = shader.sampler(key.buffer);
  const seed = shader.define('uint', `uint(e${sampler}(${key.offset}))`, 'seed');
  const counter = shader.define('uint', `uint(e${sampler}(${key.offset} + 1))`, 'counter');
  const block = (at: number) => shader.call('threefry', seed, counter, `uint(first >> 1) + ${at}u`);
  return finish(shader, target.buffer, 'float32', count, `vec4(${block(0)}, ${block(1)})`);
}
