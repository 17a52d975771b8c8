import type { ArgMaxKernel, CumulativeKernel } from '@polyneuron/fusion';
import { type DType, sizeOf } from '@polyneuron/graph';
import { decode, placeOf, spread } from './axes.js';
import { emitPointIndex } from './emitMap.js';
import { loadFrom } from './emitStatements.js';
import type { CudaKernel, EmitContext } from './kernel.js';
import { KernelWriter } from './kernelWriter.js';
import { literal, typeOf } from './literals.js';

/** Lines of this many elements and more have a warp each; shorter ones a thread. */
const longLine = 64;

/** Sums along an axis: a thread goes along a line alone, or a warp 32 elements at a time, scanning by shuffles. */
export function emitCumulative(context: EmitContext, kernel: CumulativeKernel): CudaKernel[] {
  const { domain, axis } = kernel;
  if (sizeOf(domain) === 0) return [];
  return [domain[axis] < longLine ? cumulativeByThread(context, kernel) : cumulativeByWarp(context, kernel)];
}

const add = (writer: KernelWriter, dtype: DType, a: string, b: string): string =>
  dtype === 'float32' ? `${a} + ${b}` : writer.call('addInt', a, b);

/** Coordinates of a line, and the place along it as `k`. */
function lineCoordinates(writer: KernelWriter, { domain, axis }: CumulativeKernel, line: string): string[] {
  const others = decode(
    writer,
    line,
    domain.filter((_, at) => at !== axis),
  );
  return domain.map((_, at) => (at === axis ? 'k' : others[at < axis ? at : at - 1]));
}

function cumulativeByThread({ buffers }: EmitContext, kernel: CumulativeKernel): CudaKernel {
  const { domain, axis, exclusive, reverse, source, target, dtype } = kernel;
  const writer = new KernelWriter(buffers);
  const lines = sizeOf(domain) / domain[axis];
  const { index, threads, blocks } = emitPointIndex(writer, lines);
  const coordinates = lineCoordinates(writer, kernel, index);
  writer.line(`${typeOf(dtype)} total = ${literal(0, dtype)};`);
  const loop = reverse
    ? `for (int k = ${domain[axis] - 1}; k >= 0; k--)`
    : `for (int k = 0; k < ${domain[axis]}; k++)`;
  writer.block(loop, () => {
    const value = loadFrom(writer, source, coordinates, dtype);
    const keep = () =>
      writer.line(`${writer.pointer(target.buffer, true)}[${placeOf(target, coordinates)}] = total;`);
    if (exclusive) keep();
    writer.line(`total = ${add(writer, dtype, 'total', value)};`);
    if (!exclusive) keep();
  });
  return writer.finish('cumulative', blocks, threads);
}

function cumulativeByWarp({ buffers }: EmitContext, kernel: CumulativeKernel): CudaKernel {
  const { domain, axis, exclusive, reverse, source, target, dtype } = kernel;
  const writer = new KernelWriter(buffers);
  const extent = domain[axis];
  const [type, zero] = [typeOf(dtype), literal(0, dtype)];
  writer.line('const int lane = (int)threadIdx.x;');
  const coordinates = lineCoordinates(writer, kernel, '(int)blockIdx.x');
  writer.line(`${type} before = ${zero};`);
  writer.block(`for (int first = 0; first < ${extent}; first += 32)`, () => {
    const isIn = `first + lane < ${extent}`;
    writer.line(`const int k = ${reverse ? `${extent - 1} - (first + lane)` : 'first + lane'};`);
    writer.line(`const ${type} own = ${isIn} ? ${loadFrom(writer, source, coordinates, dtype)} : ${zero};`);
    writer.line(`${type} sum = own;`);
    writer.line('#pragma unroll');
    writer.block('for (int d = 1; d < 32; d *= 2)', () => {
      writer.line(`const ${type} other = __shfl_up_sync(0xffffffffu, sum, d);`);
      writer.line(`if (lane >= d) sum = ${add(writer, dtype, 'other', 'sum')};`);
    });
    writer.line(`const ${type} upTo = ${add(writer, dtype, 'before', 'sum')};`);
    if (exclusive) {
      // Not upTo - own: the difference would round, and lose what lies before an infinity
      writer.line(`const ${type} left = __shfl_up_sync(0xffffffffu, upTo, 1);`);
    }
    const value = exclusive ? '(lane == 0 ? before : left)' : 'upTo';
    const place = placeOf(target, coordinates);
    writer.line(`if (${isIn}) ${writer.pointer(target.buffer, true)}[${place}] = ${value};`);
    writer.line('before = __shfl_sync(0xffffffffu, upTo, 31);');
  });
  return writer.finish('cumulative_warp', sizeOf(domain) / extent, 32);
}

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
  const access = spread(target, [...outer.keys()]);
  writer.line(
    `if (lane == 0) ${writer.pointer(target.buffer, true)}[${placeOf(access, coordinates)}] = place;`,
  );
  return writer.finish('argMax_warp', sizeOf(outer), 32);
}
