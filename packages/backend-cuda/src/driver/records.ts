/** @file Tensors of this process as the records that a plan's `feed` reads and its `collect` writes, and back. */
import { allocateData, type TensorData, type TensorMap } from '@polyneuron/backend';
import { type DType, sizeOf } from '@polyneuron/graph';
import type { CudaPlan, Slot } from '../cudaPlan.js';

type Words = Float32Array | Int32Array;

/** A tensor as the device stores it: 32 bits per element. Not a copy where it is that already. */
export const toWords: { readonly [K in DType]: (data: TensorData) => Words } = {
  float32: (data) => (data instanceof Float32Array ? data : Float32Array.from(data)),
  int32: (data) => data as Int32Array,
  bool: (data) => Int32Array.from(data, Number),
};

const readWords: { readonly [K in DType]: (bytes: Uint8Array) => TensorData } = {
  float32: (bytes) => new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4),
  int32: (bytes) => new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4),
  bool: (bytes) => Uint8Array.from(new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)),
};

/** A tensor from the bytes of the device; a view of them, but for bool. */
export const fromBytes = (dtype: DType, bytes: Uint8Array): TensorData => readWords[dtype](bytes);

export function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Inputs of the steps `from` to `from + count` as records. */
export function packRecords(
  { inputs: slots, scan: { inputStride, inputOffsets } }: CudaPlan,
  inputs: TensorMap,
  from: number,
  count: number,
): Uint8Array {
  const records = new Uint8Array(count * inputStride);
  for (const [name, slot] of Object.entries(slots)) {
    const bytes = bytesOf(partOf(slot, inputs[name], from, count));
    for (let step = 0; step < count; step++)
      records.set(
        bytes.subarray(step * slot.bytes, (step + 1) * slot.bytes),
        step * inputStride + inputOffsets[name],
      );
  }
  return records;
}

/** Puts the outputs of `count` records where the steps from `from` on stand in the stacked results. */
export function unpackRecords(
  { outputs: slots, scan: { outputStride, outputOffsets } }: CudaPlan,
  records: Uint8Array,
  stacked: TensorMap,
  from: number,
): void {
  const count = outputStride === 0 ? 0 : records.length / outputStride;
  for (const [name, { bytes, dtype }] of Object.entries(slots)) {
    const size = bytes / 4;
    for (let step = 0; step < count; step++) {
      const start = step * outputStride + outputOffsets[name];
      stacked[name].set(fromBytes(dtype, records.subarray(start, start + bytes)), (from + step) * size);
    }
  }
}

/** Room for the outputs of `steps` steps. */
export function stackedOutputs({ outputs }: CudaPlan, steps: number): Record<string, TensorData> {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { dtype, shape }]) => [
      name,
      allocateData(dtype, steps * sizeOf(shape)),
    ]),
  );
}

function partOf({ dtype, shape }: Slot, data: TensorData, from: number, count: number): Words {
  const size = sizeOf(shape);
  return toWords[dtype](data.subarray(from * size, (from + count) * size));
}
