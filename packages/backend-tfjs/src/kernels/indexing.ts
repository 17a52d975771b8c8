import { type NodeOf, sizeOf, ValueError } from '@polyneuron/graph';
import type { HostValues } from '../device/copyStrided.js';
import type { HostMemory } from '../device/hostMemory.js';
import { chain, type Lowering, type LoweringContext, type Run, reshapeRun } from './lowering.js';
import { extentsAround, isTrivialPermutation, permuteRun } from './move.js';

/** Extents [outer, size, inner] of a table around the indexed axis, and the number of indices. */
interface Indexing {
  readonly outer: number;
  readonly size: number;
  readonly inner: number;
  readonly count: number;
}

export const gather: Lowering<'gather'> = (node, context) => {
  const [table, indices] = node.inputs;
  const { axis } = node.attributes;
  const [outer, size, inner] = extentsAround(table.shape, axis, axis);
  if (context.host)
    return hostGather(context.host, node, { outer, size, inner, count: sizeOf(indices.shape) });
  const kernel = context.kernel('GatherV2');
  return kernel && (([x, at]) => kernel({ x, indices: at }, { axis, batchDims: 0 }));
};

function hostGather(host: HostMemory, node: NodeOf<'gather'>, { outer, size, inner, count }: Indexing): Run {
  return ([table, indices]) => {
    checkIndices('gather', host.view(indices), size);
    return host.create(node.shape, node.dtype, (target) => {
      const [from, rows] = [host.view(table), host.view(indices)];
      for (let o = 0; o < outer; o++)
        for (let i = 0; i < count; i++)
          copyRow(from, (o * size + rows[i]) * inner, target, (o * count + i) * inner, inner);
    });
  };
}

function copyRow(from: HostValues, s: number, to: HostValues, t: number, length: number): void {
  if (length >= 24) to.set(from.subarray(s, s + length), t);
  else for (let i = 0; i < length; i++) to[t + i] = from[s + i];
}

export const scatterAdd: Lowering<'scatterAdd'> = (node, context) => {
  const [, indices] = node.inputs;
  const { axis, size } = node.attributes;
  const [outer, , inner] = extentsAround(node.shape, axis, axis);
  const indexing = { outer, size, inner, count: sizeOf(indices.shape) };
  return context.host ? hostScatter(context.host, node, indexing) : kernelScatter(context, node, indexing);
};

function hostScatter(
  host: HostMemory,
  node: NodeOf<'scatterAdd'>,
  { outer, size, inner, count }: Indexing,
): Run {
  return ([updates, indices]) => {
    checkIndices('scatterAdd', host.view(indices), size);
    return host.create(node.shape, node.dtype, (target) => {
      target.fill(0);
      const [from, rows] = [host.view(updates), host.view(indices)];
      for (let o = 0; o < outer; o++)
        for (let i = 0; i < count; i++) {
          const [s, t] = [(o * count + i) * inner, (o * size + rows[i]) * inner];
          for (let j = 0; j < inner; j++) target[t + j] += from[s + j];
        }
    });
  };
}

/** ScatterNd adds at repeated indices on every backend; it wants the indexed axis first. */
function kernelScatter(
  context: LoweringContext,
  node: NodeOf<'scatterAdd'>,
  { outer, size, inner, count }: Indexing,
): Run | undefined {
  const { dtype } = node;
  const scatter = context.kernel('ScatterNd');
  const flat = reshapeRun(context, [outer, count, inner]);
  const isFirst = isTrivialPermutation([outer, count, inner], [1, 0, 2]);
  const isSecond = isTrivialPermutation([size, outer, inner], [1, 0, 2]);
  const before = chain(
    context,
    flat,
    isFirst ? flat : permuteRun(context, { shape: [outer, count, inner], dtype }, [1, 0, 2]),
    reshapeRun(context, [count, outer * inner]),
  );
  const after = chain(
    context,
    reshapeRun(context, [size, outer, inner]),
    ...(isSecond ? [] : [permuteRun(context, { shape: [size, outer, inner], dtype }, [1, 0, 2])]),
    reshapeRun(context, node.shape),
  );
  const column = reshapeRun(context, [count, 1]);
  if (!scatter || !before || !after || !column) return undefined;
  return ([updates, indices]) => {
    const [rows, at] = [before([updates]), column([indices])];
    const result = scatter({ indices: at, updates: rows }, { shape: [size, outer * inner] });
    context.free(rows);
    context.free(at);
    const finished = after([result]);
    context.free(result);
    return finished;
  };
}

function checkIndices(op: string, indices: HostValues, size: number): void {
  const bad = indices.find((index) => index < 0 || index >= size);
  if (bad === undefined) return;
  throw new ValueError({
    subject: op,
    expected: `indices from 0 to ${size - 1}`,
    received: String(bad),
    fix: 'clamp or mask the indices first',
  });
}
