import type { ScatterAddKernel } from '@polyneuron/fusion';
import { decode } from './axes.js';
import type { CudaKernel, EmitContext } from './kernel.js';
import { KernelWriter } from './kernelWriter.js';
import { literal, typeOf } from './literals.js';

/**
 * One warp per row of the target and 32 neighbouring elements of it. Its threads look at 32 indices at a time, and all
 * add the updates that are theirs, in the order of the indices. Indices out of range add nothing.
 */
export function emitScatterAdd({ buffers }: EmitContext, kernel: ScatterAddKernel): CudaKernel[] {
  const { outer, count, inner, size, updates, indices, target, dtype } = kernel;
  if (outer * size * inner === 0) return [];
  const writer = new KernelWriter(buffers);
  const chunks = Math.ceil(inner / 32);
  const warps = outer * size * chunks;
  const warpsOfBlock = Math.min(4, warps);
  writer.line('const int lane = (int)threadIdx.x % 32;');
  writer.line(`const int warp = (int)(blockIdx.x * ${warpsOfBlock} + threadIdx.x / 32);`);
  if (warps % warpsOfBlock !== 0) writer.line(`if (warp >= ${warps}) return;`);
  const [o, row, chunk] = decode(writer, 'warp', [outer, size, chunks]);
  const k = chunks === 1 ? 'lane' : writer.define('int', `${chunk} * 32 + lane`, 'k');
  const hasPart = inner % 32 === 0 ? '' : `if (${k} < ${inner}) `;
  writer.line(`${typeOf(dtype)} total = ${literal(0, dtype)};`);
  writer.block(`for (int first = 0; first < ${count}; first += 32)`, () => {
    const index = `${writer.pointer(indices.buffer)}[first + lane]`;
    const isOwn = `first + lane < ${count} && ${index} == ${row}`;
    writer.line(`unsigned int own = __ballot_sync(0xffffffffu, ${isOwn});`);
    writer.block('while (own != 0u)', () => {
      const at = outer === 1 ? 'at' : `(${o} * ${count} + at)`;
      writer.line('const int at = first + __ffs((int)own) - 1;');
      writer.line('own &= own - 1u;');
      const update = `${writer.pointer(updates.buffer)}[${at} * ${inner} + ${k}]`;
      const sum = dtype === 'float32' ? `total + ${update}` : writer.call('addInt', 'total', update);
      writer.line(`${hasPart}total = ${sum};`);
    });
  });
  const place = outer === 1 ? row : `(${o} * ${size} + ${row})`;
  writer.line(`${hasPart}${writer.pointer(target.buffer, true)}[${place} * ${inner} + ${k}] = total;`);
  return [writer.finish('scatterAdd', Math.ceil(warps / warpsOfBlock), 32 * warpsOfBlock)];
}
