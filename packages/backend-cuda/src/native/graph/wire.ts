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

/** A whole number below 2^53 or a truth; negative ones take ten bytes. */
export function varintField(field: number, value: number | boolean): Bytes {
  return Uint8Array.from(tag(field, 0).concat(varint(Number(value))));
}

export function floatField(field: number, value: number): Bytes {
  return message(Uint8Array.from(tag(field, 5)), new Uint8Array(Float32Array.of(value).buffer));
}

/** A string, bytes or a nested message. */
export function bytesField(field: number, value: string | Bytes): Bytes {
  const bytes = typeof value === 'string' ? encoder.encode(value) : value;
  const [start, length] = [tag(field, 2), varint(bytes.length)];
  const joined = new Uint8Array(start.length + length.length + bytes.length);
  joined.set(start);
  joined.set(length, start.length);
  joined.set(bytes, start.length + length.length);
  return joined;
}

/** Whole numbers in one field. */
export function packedField(field: number, values: readonly number[]): Bytes {
  return bytesField(field, Uint8Array.from(values.flatMap(varint)));
}

const encoder = new TextEncoder();

function tag(field: number, wireType: number): number[] {
  return varint(field * 8 + wireType);
}

/** Seven bits a byte, the lowest first; of a negative number those of its two's complement in 64 bits. */
function varint(value: number): number[] {
  if (value < 0) return negativeVarint(value);
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7f) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
  return bytes;
}

function negativeVarint(value: number): number[] {
  const bits = BigInt.asUintN(64, BigInt(value));
  return Array.from(
    { length: 10 },
    (_, at) => Number((bits >> BigInt(7 * at)) & 0x7fn) | (at < 9 ? 0x80 : 0),
  );
}
