/**
 * @file A WebAssembly module that streams: a[i] = b[i] + s c[i], the triad of STREAM (McCalpin 1995) in four lanes. Its
 * bytes are written here by hand, as those of the peak are.
 */

/** Pages of 64 KiB. */
const pageBytes = 2 ** 16;
const simd = 0xfd;
const i32 = 0x7f;
const v128 = 0x7b;

const get = (local: number) => [0x20, local];
const set = (local: number) => [0x21, local];
const loop = [0x03, 0x40];
const end = [0x0b];
const branchIf = [0x0d, 0x00];
const i32Const = (value: number) => [0x41, value];
const i32Add = [0x6a];
const i32Sub = [0x6b];
const i32LessUnsigned = [0x49];
/** Alignment 2^4, no offset. */
const load = [simd, 0x00, 0x04, 0x00];
const store = [simd, 0x0b, 0x04, 0x00];
const f32Half = [0x43, 0x00, 0x00, 0x00, 0x3f];
const splat = [simd, 0x13];
const add = [simd, 0xe4, 0x01];
const multiply = [simd, 0xe6, 0x01];

/** Parameters: bytes of each array, and how often to run over them. The arrays a, b, c lie one after the other. */
const [bytes, repeats, at, secondArray, factor] = [0, 1, 2, 3, 4] as const;

const body = [
  ...f32Half,
  ...splat,
  ...set(factor),
  ...loop,
  ...i32Const(0),
  ...set(at),
  ...loop,
  // a[at] = b[at] + s c[at]
  ...get(at),
  ...get(at),
  ...get(bytes),
  ...i32Add,
  ...set(secondArray),
  ...get(secondArray),
  ...load,
  ...get(secondArray),
  ...get(bytes),
  ...i32Add,
  ...load,
  ...get(factor),
  ...multiply,
  ...add,
  ...store,
  ...get(at),
  ...i32Const(16),
  ...i32Add,
  ...set(at),
  ...get(at),
  ...get(bytes),
  ...i32LessUnsigned,
  ...branchIf,
  ...end,
  ...get(repeats),
  ...i32Const(1),
  ...i32Sub,
  ...set(repeats),
  ...get(repeats),
  ...branchIf,
  ...end,
  ...end,
];

/**
 * Bytes of a module that exports its `memory` and `run(bytes: i32, repeats: i32)`.
 *
 * `bytes` of each array: a multiple of 16, at least 16; `repeats` at least 1; three arrays fit into `totalBytes`.
 */
export function triadModule(totalBytes: number): Uint8Array<ArrayBuffer> {
  const locals = [2, 2, i32, 1, v128];
  const code = [...locals, ...body];
  const named = (name: string) => [name.length, ...new TextEncoder().encode(name)];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [1, 0x60, 2, i32, i32, 0]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0, ...unsigned(Math.ceil(totalBytes / pageBytes))]),
    ...section(7, [2, ...named('memory'), 2, 0, ...named('run'), 0, 0]),
    ...section(10, [1, ...unsigned(code.length), ...code]),
  ]);
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...unsigned(content.length), ...content];
}

/** Unsigned LEB128. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}
