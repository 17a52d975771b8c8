import { type Buffer, type BufferId, contiguous, type Statement } from '@polyneuron/fusion';
import { InternalError, type Shape, sizeOf } from '@polyneuron/graph';
import { Shader } from '../glsl/shader.js';
import { decodeCoordinates } from './decode.js';
import { emitStatements } from './emitStatements.js';
import { loadsOf, mergeAxes, pruneStatements } from './nest.js';
import type { LoweringContext, Pass } from './pass.js';

/** A value of every point of a domain, and the buffer that holds it row by row. */
export interface MapOutput {
  readonly value: number;
  readonly buffer: BufferId;
}

/** Passes that must be complete before others of the same kernel. */
export interface Lowered {
  readonly before: Pass[];
  readonly passes: Pass[];
}

export const lowered = (...passes: Pass[]): Lowered => ({ before: [], passes });

/** Statements at every point of a domain, as one pass where the device has targets and samplers enough. */
export function lowerMap(
  context: LoweringContext,
  domain: Shape,
  statements: readonly Statement[],
  outputs: readonly MapOutput[],
): Lowered {
  const { limits } = context;
  const pruned = pruneStatements(
    statements,
    outputs.map(({ value }) => value),
  );
  const reads = readCount(context, pruned.statements);
  if (outputs.length > limits.targets || (outputs.length > 1 && reads > limits.samplers)) {
    const half = outputs.length >> 1;
    const [first, second] = [outputs.slice(0, half), outputs.slice(half)].map((part) =>
      lowerMap(context, domain, statements, part),
    );
    return {
      before: [...first.before, ...second.before],
      passes: [...first.passes, ...second.passes],
    };
  }
  if (reads > limits.samplers) {
    const spilled = spill(context, domain, pruned.statements);
    const rest = lowerMap(context, domain, spilled.statements, [
      { value: pruned.roots[0], buffer: outputs[0].buffer },
    ]);
    return { before: [...spilled.before, ...rest.before], passes: rest.passes };
  }
  const shader = new Shader(
    context,
    outputs.map(({ buffer }) => buffer),
  );
  const { outer, statements: merged } = mergeAxes(domain, domain.length, pruned.statements);
  const names = emitStatements({
    shader,
    statements: merged,
    coordinates: decodeCoordinates(shader, outer),
    rows: outer,
  });
  const targets = pruned.roots.map((root) => ({ dtype: merged[root].dtype, value: names[root] }));
  return lowered({
    source: shader.source(targets),
    reads: shader.reads,
    targets: outputs.map(({ buffer }) => buffer),
    size: sizeOf(domain),
  });
}

/** Buffers that statements need a sampler for. */
export function readCount(
  { buffers }: { readonly buffers: readonly Buffer[] },
  statements: readonly Statement[],
): number {
  return new Set(
    loadsOf(statements)
      .map(({ buffer }) => buffer)
      .filter((buffer) => buffers[buffer].values?.length !== 1),
  ).size;
}

/** Computes one value beforehand that needs as many samplers as there are, or nearly so, and loads it instead. */
export function spill(
  context: LoweringContext,
  domain: Shape,
  statements: readonly Statement[],
): { readonly before: Pass[]; readonly statements: Statement[] } {
  let best = -1;
  let most = 1;
  statements.forEach((statement, at) => {
    if (!('operands' in statement)) return;
    const part = pruneStatements(statements, [at]).statements;
    if (part.some(({ op }) => op === 'product')) return;
    const reads = readCount(context, part);
    if (reads > most && reads <= context.limits.samplers) [best, most] = [at, reads];
  });
  if (best < 0)
    throw new InternalError('backend-webgl: no part of a kernel fits the samplers of this device');
  const { dtype } = statements[best];
  const buffer = context.scratch('spilled', dtype, sizeOf(domain));
  const { before, passes } = lowerMap(context, domain, statements, [{ value: best, buffer }]);
  const loaded: Statement = { op: 'load', access: contiguous(buffer, domain), dtype };
  return {
    before: [...before, ...passes],
    statements: statements.map((statement, at) => (at === best ? loaded : statement)),
  };
}
