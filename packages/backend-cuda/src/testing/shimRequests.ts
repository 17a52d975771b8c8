/** @file What the harness of the host shim reads and writes: see shim/harness.h. */
import type { TensorData, TensorMap } from '@polyneuron/backend';
import type { CaseResult } from '@polyneuron/conformance';
import { type DType, sizeOf } from '@polyneuron/graph';
import type { Slot } from '../cudaPlan.js';
import type { PrintedProgram } from '../emit/printCudaPlan.js';
import type { ShimCase } from './shimCase.js';

/** Numbers of 32 bits and bytes, one after the other. */
class Message {
  private readonly parts: Uint8Array[] = [];

  number(...values: readonly number[]): void {
    this.parts.push(new Uint8Array(Uint32Array.from(values).buffer));
  }

  numbers(values: readonly number[]): void {
    this.number(values.length, ...values);
  }

  bytes(data: Uint8Array): void {
    this.number(data.length);
    this.parts.push(data);
  }

  data(offset: number, bytes: Uint8Array): void {
    this.number(offset);
    this.bytes(bytes);
  }

  finish(): Uint8Array {
    return Buffer.concat(this.parts);
  }
}

const storedBytes = (data: TensorData, dtype: DType): Uint8Array =>
  new Uint8Array((dtype === 'float32' ? Float32Array.from(data) : Int32Array.from(data)).buffer);

const readers: { readonly [K in DType]: (bytes: ArrayBuffer) => TensorData } = {
  float32: (bytes) => new Float32Array(bytes),
  int32: (bytes) => new Int32Array(bytes),
  bool: (bytes) => Uint8Array.from(new Int32Array(bytes)),
};

/** Whether threads of a kernel wait for each other. */
const isCooperative = (body: string): boolean => /__syncthreads|_sync\(|multiply(Tf32|Bf16)\(/.test(body);

/** Symbols of a case for the table of the harness, in order; those of the scan last. */
export function entriesOf({ placed, plan }: PrintedProgram, { isScan }: ShimCase): string[] {
  const { feed, collect } = plan.scan;
  return [
    ...placed.map(({ symbol, kernel }) => `{${symbol}, nullptr, "${kernel.name}"}`),
    ...(isScan ? [feed, collect] : []).flatMap((launch) =>
      launch ? [`{nullptr, ${launch.kernel}, "${launch.kernel}"}`] : [],
    ),
  ];
}

/** A case without a scan runs as many steps as it has inputs, all with the first ones. */
export function encodeCase(
  { title, inputs, state = {}, isScan = false }: ShimCase,
  { plan, placed, buffers, addresses }: PrintedProgram,
  firstEntry: number,
): Uint8Array {
  const message = new Message();
  message.bytes(Buffer.from(title));
  message.number(plan.arenaBytes, inputs.length);
  const start = [
    ...plan.constants.map(({ offset, data }) => [offset, data] as const),
    ...startOf(plan.state, state),
    ...(isScan ? [] : startOf(plan.inputs, inputs[0])),
  ];
  message.number(start.length);
  for (const [offset, data] of start) message.data(offset, data);
  const born = new Set<number>();
  const launches = placed.map(({ kernel }, at) => {
    const region = (id: number) => [addresses.get(id) as number, 4 * buffers[id].size];
    const fresh = kernel.parameters
      .map(({ buffer }) => buffer)
      .filter((id) => buffers[id].kind === 'scratch' && !born.has(id));
    for (const id of fresh) born.add(id);
    return {
      entry: firstEntry + at,
      kernel: { blocks: kernel.blocks, threads: kernel.threads, isCooperative: isCooperative(kernel.body) },
      tensors: kernel.parameters.flatMap(({ buffer }) => region(buffer)),
      born: fresh.flatMap(region),
    };
  });
  const { feed, collect } = plan.scan;
  let next = firstEntry + placed.length;
  const copies = (isScan ? [feed, collect] : []).map((launch, at) =>
    launch
      ? [
          {
            entry: next++,
            kernel: { blocks: launch.grid[0], threads: launch.block[0], isCooperative: false },
            tensors: Object.values(at === 0 ? plan.inputs : plan.outputs).flatMap(({ offset, bytes }) => [
              offset,
              bytes,
            ]),
            born: [],
          },
        ]
      : [],
  );
  const all = [...(copies[0] ?? []), ...launches, ...(copies[1] ?? [])];
  message.number(all.length);
  for (const { entry, kernel, tensors, born: fresh } of all) {
    message.number(entry, kernel.blocks, kernel.threads, Number(kernel.isCooperative));
    message.numbers(tensors);
    message.numbers(fresh);
  }
  message.data(0, isScan ? recordsOf(plan, inputs) : new Uint8Array());
  message.number(isScan ? plan.scan.outputStride * inputs.length : 0);
  message.numbers(
    [...(isScan ? [] : Object.values(plan.outputs)), ...Object.values(plan.state)].flatMap(
      ({ offset, bytes }) => [offset, bytes],
    ),
  );
  return message.finish();

  function startOf(slots: Readonly<Record<string, Slot>>, values: TensorMap) {
    return Object.entries(slots).map(
      ([name, { offset, dtype, shape }]) =>
        [offset, storedBytes(values[name] ?? new Float32Array(sizeOf(shape)), dtype)] as const,
    );
  }
}

function recordsOf(
  { inputs: slots, scan }: PrintedProgram['plan'],
  inputs: readonly TensorMap[],
): Uint8Array {
  const records = new Uint8Array(scan.inputStride * inputs.length);
  inputs.forEach((fed, step) => {
    for (const [name, { dtype }] of Object.entries(slots))
      records.set(storedBytes(fed[name], dtype), step * scan.inputStride + scan.inputOffsets[name]);
  });
  return records;
}

/** Reads the results of a case; returns them and the place after them. */
export function decodeCase(
  { inputs, isScan = false }: ShimCase,
  { plan }: PrintedProgram,
  bytes: Uint8Array,
  start: number,
): { readonly result: CaseResult; readonly end: number } {
  let at = start;
  const take = ({ bytes: count, dtype }: Slot, from: number) =>
    readers[dtype](bytes.slice(from, from + count).buffer);
  const takeAll = (slots: Readonly<Record<string, Slot>>) =>
    Object.fromEntries(
      Object.entries(slots).map(([name, slot]) => {
        const data = take(slot, at);
        at += slot.bytes;
        return [name, data];
      }),
    );
  const last = isScan ? [] : [takeAll(plan.outputs)];
  const state = takeAll(plan.state);
  if (!isScan) return { result: { outputs: last, state }, end: at };
  const { outputStride, outputOffsets } = plan.scan;
  const outputs = inputs.map((_, step) =>
    Object.fromEntries(
      Object.entries(plan.outputs).map(([name, slot]) => [
        name,
        take(slot, at + step * outputStride + outputOffsets[name]),
      ]),
    ),
  );
  return { result: { outputs, state }, end: at + outputStride * inputs.length };
}
