/**
 * @file Writes parts of a buffer through strided accesses: concatenation, padding, and the overlapping windows of a
 * convolution's gradient. Every element of the buffer asks each part whether it is covered, so that any number of parts
 * is one pass.
 */
import { type Access, type BufferId, isSameAccess, type Statement } from '@polyneuron/fusion';
import { InternalError, type Shape, sizeOf } from '@polyneuron/graph';
import { intLiteral, vectorLiteral, vectorType } from '../glsl/expressions.js';
import { quotient } from '../glsl/quotient.js';
import { Shader } from '../glsl/shader.js';
import { type Coordinate, emitStatements } from './emitStatements.js';
import { type Lowered, readCount, spill } from './lowerMap.js';
import { pruneStatements } from './nest.js';
import type { LoweringContext, Pass } from './pass.js';

/** Values of a domain, and where in the buffer they go. */
export interface Part {
  readonly domain: Shape;
  readonly statements: readonly Statement[];
  readonly value: number;
  readonly access: Access;
}

/**
 * Writes the parts in order into one buffer. What they leave keeps its old value. A part may load the very elements
 * that it writes: it gets what the parts before it left there.
 */
export function lowerParts(context: LoweringContext, buffer: BufferId, parts: readonly Part[]): Lowered {
  const { dtype, size } = context.buffers[buffer];
  const before: Pass[] = [];
  const pruned = parts.map(({ statements, value, ...rest }) => {
    const { statements: kept, roots } = pruneStatements(statements, [value]);
    return { ...rest, statements: kept, value: roots[0] };
  });
  const all = () => pruned.flatMap(({ statements }) => statements);
  for (let at = 0; readCount(context, all()) >= context.limits.samplers && at < pruned.length; at++) {
    const { domain, statements } = pruned[at];
    if (readCount(context, statements) <= 1) continue;
    const spilled = spill(context, domain, statements);
    before.push(...spilled.before);
    pruned[at] = { ...pruned[at], ...pruneAgain(spilled.statements, pruned[at].value) };
  }
  if (readCount(context, all()) >= context.limits.samplers) {
    if (parts.length === 1) throw new InternalError('backend-webgl: a part needs too many samplers');
    const half = parts.length >> 1;
    const first = lowerParts(context, buffer, parts.slice(0, half));
    const rest = lowerParts(context, buffer, parts.slice(half));
    return { before: [...first.before, ...first.passes, ...rest.before], passes: rest.passes };
  }
  const shader = new Shader(context, [buffer]);
  const type = vectorType(dtype);
  const index = shader.define('ivec4', 'first + ivec4(0, 1, 2, 3)', 'i');
  const isWhole = pruned[0].domain.length > 0 && covers(pruned, size);
  const old = isWhole ? vectorLiteral(0, dtype) : `q${shader.sampler(buffer)}(first >> 2)`;
  const value = shader.define(type, old, 'value');
  for (const part of pruned) emitPart(shader, part, index, value, type);
  return {
    before,
    passes: [
      {
        source: shader.source([{ dtype, value }]),
        reads: shader.reads,
        targets: [buffer],
        size,
      },
    ],
  };
}

const pruneAgain = (statements: readonly Statement[], value: number) => {
  const { statements: kept, roots } = pruneStatements(statements, [value]);
  return { statements: kept, value: roots[0] };
};

/** Whether no element keeps its old value, as far as counting shows: parts of one concatenation never overlap. */
function covers(parts: readonly Part[], size: number): boolean {
  const [first] = parts;
  if (sizeOf(first.domain) === size) return true;
  const readsItself = parts.some(({ statements, access }) =>
    statements.some((statement) => statement.op === 'load' && statement.access.buffer === access.buffer),
  );
  return (
    !readsItself && parts.reduce((sum, { domain }) => sum + sizeOf(domain), 0) === size && areDisjoint(parts)
  );
}

/** Whether slabs along one axis follow one another without overlap. */
function areDisjoint(parts: readonly Part[]): boolean {
  const [{ access }] = parts;
  return parts.every(
    (part, at) =>
      part.access.strides.join() === access.strides.join() &&
      (at === 0 || part.access.offset > parts[at - 1].access.offset),
  );
}

function emitPart(shader: Shader, part: Part, index: string, value: string, type: string): void {
  const { domain, access, statements } = part;
  // Axes by falling stride: a coordinate is what the larger strides leave
  const axes = domain
    .map((extent, axis) => ({ axis, extent, stride: access.strides[axis] }))
    .filter(({ extent }) => extent > 1)
    .sort((a, b) => b.stride - a.stride);
  requireNested(axes);
  shader.block('', () => {
    const coordinates: Coordinate[] = domain.map(() => ({ kind: 'scalar', name: '0' }));
    const inside = shader.define(
      'ivec4',
      `ivec4(greaterThanEqual(${index}, ivec4(${intLiteral(access.offset)})))`,
      'inside',
    );
    const bound = 2 * shader.buffer(access.buffer).size + 4;
    let rest = shader.define('ivec4', `max(${index} - ${intLiteral(access.offset)}, ivec4(0))`, 'r');
    for (const { axis, extent, stride } of axes) {
      const at = shader.define('ivec4', quotient('ivec4', rest, stride, bound), 'c');
      rest = shader.define('ivec4', `${rest} - ${at} * ${stride}`, 'r');
      shader.line(`${inside} &= ivec4(lessThan(${at}, ivec4(${extent})));`);
      coordinates[axis] = { kind: 'vector', name: at };
    }
    shader.line(`${inside} &= ivec4(equal(${rest}, ivec4(0)));`);
    shader.block(`if (${inside} != ivec4(0))`, () => {
      const names = emitStatements({
        shader,
        statements,
        coordinates,
        loaded: (load) => (isSameAccess(load, access) ? value : undefined),
      });
      const result = names[part.value];
      shader.line(
        type === 'vec4'
          ? `${value} = mix(${value}, ${result}, bvec4(${inside}));`
          : `${value} = ${shader.call('pickInt', inside, result, value)};`,
      );
    });
  });
}

/** Dividing by the strides in turn finds the coordinates only where each exceeds all that the smaller ones reach. */
function requireNested(axes: readonly { readonly extent: number; readonly stride: number }[]): void {
  let reach = 0;
  for (const { extent, stride } of [...axes].reverse()) {
    if (stride <= reach) throw new InternalError('backend-webgl: elements of a store overlap');
    reach += stride * (extent - 1);
  }
}
