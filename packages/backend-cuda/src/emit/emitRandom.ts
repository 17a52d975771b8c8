import type { RandomKernel } from '@polyneuron/fusion';
import { emitPointIndex } from './emitMap.js';
import type { CudaKernel, EmitContext } from './kernel.js';
import { KernelWriter } from './kernelWriter.js';

/** One thread per block of Threefry, which gives two numbers: the bits of the interpreter. */
export function emitRandom({ buffers }: EmitContext, { count, key, target }: RandomKernel): CudaKernel[] {
  if (count === 0) return [];
  const writer = new KernelWriter(buffers);
  const { index, threads, blocks } = emitPointIndex(writer, Math.ceil(count / 2));
  const keys = writer.pointer(key.buffer);
  const words = [0, 1].map((at) => `(unsigned int)${keys}[${key.offset + at}]`);
  writer.line('float first, second;');
  writer.line(
    `${writer.call('threefry', words[0], words[1], `(unsigned int)${index}`, '&first', '&second')};`,
  );
  const results = writer.pointer(target.buffer, true);
  writer.line(`${results}[2 * ${index}] = first;`);
  const isLast = count % 2 === 0 ? '' : `if (2 * ${index} + 1 < ${count}) `;
  writer.line(`${isLast}${results}[2 * ${index} + 1] = second;`);
  return [writer.finish('random', blocks, threads)];
}
