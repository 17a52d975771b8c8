import type { Shape } from '@polyneuron/graph';

/** A tensor in a message: base64 of its little-endian 32-bit elements. */
export interface WireTensor {
  readonly shape: Shape;
  readonly data: string;
}

export function encodeTensor(values: Float32Array | Int32Array, shape: Shape): WireTensor {
  return { shape, data: Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64') };
}

/** Float32 elements; bytes that do not make whole elements are left out. */
export function decodeFloats(data: string): Float32Array {
  const bytes = Buffer.from(data, 'base64');
  const values = new Float32Array(Math.floor(bytes.length / 4));
  // A copy: the buffer need not begin at a multiple of four bytes.
  Buffer.from(values.buffer).set(bytes.subarray(0, values.byteLength));
  return values;
}
