import type { CudaPlan, Launch, Slot } from '../cudaPlan.js';
import { threadsFor } from './emitMap.js';

/** Byte offset of each tensor inside a record, and the bytes of a record. */
export interface RecordLayout {
  readonly offsets: Readonly<Record<string, number>>;
  readonly stride: number;
}

const alignment = 16;

export function layOutRecord(slots: Readonly<Record<string, Slot>>): RecordLayout {
  let stride = 0;
  const offsets: Record<string, number> = {};
  for (const [name, { bytes }] of Object.entries(slots)) {
    offsets[name] = stride;
    stride += alignment * Math.ceil(bytes / alignment);
  }
  return { offsets, stride };
}

/**
 * A kernel that copies tensors between their slots and record `*step`, one 32-bit element per thread; nothing where
 * there is nothing to copy.
 */
function printCopy(
  symbol: string,
  slots: Readonly<Record<string, Slot>>,
  { offsets, stride }: RecordLayout,
  copy: (slot: string, record: string) => string,
): { readonly source: string; readonly launch: Launch | undefined } {
  const words = Object.values(slots).reduce((sum, { bytes }) => sum + bytes / 4, 0);
  if (words === 0) return { source: '', launch: undefined };
  const threads = threadsFor(words);
  let first = 0;
  const branches = Object.entries(slots)
    .filter(([, { bytes }]) => bytes > 0)
    .map(([name, { offset, bytes }]) => {
      const slot = `((int*)(arena + ${offset}ull))[i - ${first}]`;
      const record = `((int*)(record + ${offsets[name]}ull))[i - ${first}]`;
      first += bytes / 4;
      return `  if (i < ${first}) { ${copy(slot, record)} return; }`;
    });
  const source = [
    `extern "C" __global__ void __launch_bounds__(${threads}) ${symbol}(unsigned char* arena, unsigned char* records, const unsigned int* step) {`,
    `  const int i = (int)(blockIdx.x * ${threads} + threadIdx.x);`,
    `  unsigned char* record = records + (unsigned long long)*step * ${stride}ull;`,
    ...branches,
    '}\n',
  ].join('\n');
  const launch: Launch = {
    kernel: symbol,
    grid: [Math.ceil(words / threads), 1, 1],
    block: [threads, 1, 1],
    sharedBytes: 0,
  };
  return { source, launch };
}

/** The two kernels of a scan, with their sources. */
export function printScan(
  prefix: string,
  inputs: CudaPlan['inputs'],
  outputs: CudaPlan['outputs'],
): { readonly source: string; readonly scan: CudaPlan['scan'] } {
  const [input, output] = [layOutRecord(inputs), layOutRecord(outputs)];
  const feed = printCopy(`${prefix}feed`, inputs, input, (slot, record) => `${slot} = ${record};`);
  const collect = printCopy(`${prefix}collect`, outputs, output, (slot, record) => `${record} = ${slot};`);
  return {
    source: [feed.source, collect.source].filter(Boolean).join('\n'),
    scan: {
      feed: feed.launch,
      collect: collect.launch,
      inputStride: input.stride,
      inputOffsets: input.offsets,
      outputStride: output.stride,
      outputOffsets: output.offsets,
    },
  };
}
