import type { CumulativeKernel } from '@polyneuron/fusion';
import { type DType, sizeOf } from '@polyneuron/graph';
import { decode, placeOf } from './axes.js';
import { emitPointIndex } from './emitMap.js';
import { loadFrom } from './emitStatements.js';
import type { CudaKernel, EmitContext } from './kernel.js';
import { KernelWriter } from './kernelWriter.js';
import { literal, typeOf } from './literals.js';

/** Lines of this many elements and more have a warp each; shorter ones a thread. */
export const longLine = 64;

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
