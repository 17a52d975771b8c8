/**
 * @file Protocol Buffers on the wire, as much as TensorFlow's graph messages need: varints, floats, strings, nested
 * messages.
 *
 * Source   https://protobuf.dev/programming-guides/encoding
 */

/** An encoded message, or one encoded field of it: both are bytes, and fields in a row are a message. */
export type Bytes = Uint8Array;

/** Joins fields. */
export function message(...fields: readonly Bytes[]): Bytes {
  const joined = new Uint8Array(fields.reduce((size, { length }) => size + length, 0));
  let at = 0;
  for (const field of fields) {
    joined.set(field, at);
    at += field.length;
  }
  return joined;
}

/** A whole number or a truth; negative ones take ten bytes. */
export function varintField(field: number, value: number | boolean): Bytes {
  return message(tag(field, 0), varint(BigInt.asUintN(64, BigInt(value))));
}

export function floatField(field: number, value: number): Bytes {
  return message(tag(field, 5), new Uint8Array(Float32Array.of(value).buffer));
}

/** A string, bytes or a nested message. */
export function bytesField(field: number, value: string | Bytes): Bytes {
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
  return message(tag(field, 2), varint(BigInt(bytes.length)), bytes);
}

/** Whole numbers in one field. */
export function packedField(field: number, values: readonly number[]): Bytes {
  return bytesField(field, message(...values.map((value) => varint(BigInt.asUintN(64, BigInt(value))))));
}

function tag(field: number, wireType: number): Bytes {
  return varint(BigInt((field << 3) | wireType));
}

function varint(value: bigint): Bytes {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
