import type { ArgMaxKernel } from '@polyneuron/fusion';
import { sizeOf } from '@polyneuron/graph';
import { decode, placeOf } from './axes.js';
import { longLine } from './emitCumulative.js';
import { emitPointIndex } from './emitMap.js';
import { loadFrom } from './emitStatements.js';
import type { CudaKernel, EmitContext } from './kernel.js';
import { KernelWriter } from './kernelWriter.js';
import { literal, typeOf } from './literals.js';

/**
 * Index of the first maximum along the last axis, by one thread for short lines and a warp for long ones. The first
 * element is the maximum if it is NaN; NaN elsewhere is never one.
 */
export function emitArgMax(context: EmitContext, kernel: ArgMaxKernel): CudaKernel[] {
  const { domain } = kernel;
  if (sizeOf(domain) === 0) return [];
  return [
    domain[domain.length - 1] < longLine ? argMaxByThread(context, kernel) : argMaxByWarp(context, kernel),
  ];
}

function argMaxByThread(
  { buffers }: EmitContext,
  { domain, source, target, dtype }: ArgMaxKernel,
): CudaKernel {
  const writer = new KernelWriter(buffers);
  const outer = domain.slice(0, -1);
  const { index, threads, blocks } = emitPointIndex(writer, sizeOf(outer));
  const coordinates = decode(writer, index, outer);
  writer.line('int place = 0;');
  writer.line(`${typeOf(dtype)} best = ${loadFrom(writer, source, [...coordinates, '0'], dtype)};`);
  writer.block(`for (int k = 1; k < ${domain[domain.length - 1]}; k++)`, () => {
    const value = writer.define(typeOf(dtype), loadFrom(writer, source, [...coordinates, 'k'], dtype));
    writer.line(`if (${value} > best) { best = ${value}; place = k; }`);
  });
  writer.line(`${writer.pointer(target.buffer, true)}[${placeOf(target, coordinates)}] = place;`);
  return writer.finish('argMax', blocks, threads);
}

function argMaxByWarp({ buffers }: EmitContext, { domain, source, target, dtype }: ArgMaxKernel): CudaKernel {
  const writer = new KernelWriter(buffers);
  const outer = domain.slice(0, -1);
  const extent = domain[domain.length - 1];
  const [type, isFloat] = [typeOf(dtype), dtype === 'float32'];
  const [highest, lowest] = isFloat
    ? [literal(Number.POSITIVE_INFINITY, dtype), literal(Number.NEGATIVE_INFINITY, dtype)]
    : ['2147483647', literal(-(2 ** 31), 'int32')];
  writer.line('const int lane = (int)threadIdx.x;');
  const coordinates = decode(writer, '(int)blockIdx.x', outer);
  writer.line(`${type} best = ${lowest};`);
  writer.line('int place = 2147483647;');
  const take = (value: string, at: string) =>
    writer.line(
      `if (${value} > best || (${value} == best && ${at} < place)) { best = ${value}; place = ${at}; }`,
    );
  writer.block(`for (int k = lane; k < ${extent}; k += 32)`, () => {
    const read = loadFrom(writer, source, [...coordinates, 'k'], dtype);
    writer.line(`${type} value = ${read};`);
    if (isFloat) writer.line(`if (value != value) value = k == 0 ? ${highest} : ${lowest};`);
    take('value', 'k');
  });
  writer.line('#pragma unroll');
  writer.block('for (int d = 16; d > 0; d /= 2)', () => {
    writer.line(`const ${type} value = __shfl_xor_sync(0xffffffffu, best, d);`);
    writer.line('const int at = __shfl_xor_sync(0xffffffffu, place, d);');
    take('value', 'at');
  });
  writer.line(
    `if (lane == 0) ${writer.pointer(target.buffer, true)}[${placeOf(target, coordinates)}] = place;`,
  );
  return writer.finish('argMax_warp', sizeOf(outer), 32);
}
