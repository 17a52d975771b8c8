import type { GatherKernel } from '@polyneuron/fusion';
import { decode } from './axes.js';
import { emitPointIndex } from './emitMap.js';
import type { CudaKernel, EmitContext } from './kernel.js';
import { KernelWriter } from './kernelWriter.js';
import { literal } from './literals.js';

/** One thread per element of the result. An index out of range gives NaN, or the smallest integer. */
export function emitGather({ buffers }: EmitContext, kernel: GatherKernel): CudaKernel[] {
  const { outer, count, inner, size, table, indices, target } = kernel;
  const points = outer * count * inner;
  if (points === 0) return [];
  const writer = new KernelWriter(buffers);
  const { dtype } = buffers[table.buffer];
  const { index, threads, blocks } = emitPointIndex(writer, points);
  const [o, i, k] = decode(writer, index, [outer, count, inner]);
  const row = writer.define('int', `${writer.pointer(indices.buffer)}[${i}]`, 'row');
  const source = writer.pointer(table.buffer);
  const element = `${source}[${outer === 1 ? row : `(${o} * ${size} + ${row})`} * ${inner} + ${k}]`;
  const outside = dtype === 'float32' ? literal(Number.NaN, 'float32') : literal(-(2 ** 31), 'int32');
  // One comparison: negative indices are large as unsigned
  const value = `(unsigned int)${row} < ${size}u ? ${element} : ${outside}`;
  writer.line(`${writer.pointer(target.buffer, true)}[${index}] = ${value};`);
  return [writer.finish('gather', blocks, threads)];
}
