/**
 * @file A WebAssembly module that does nothing but multiply and add: what the core can do when nothing else is in the
 * way. The bytes are written here, by hand, so that the harness depends on no compiler that it measures.
 */

/** How a multiplication and an addition of four lanes are made into one step of an accumulator. */
export type PeakForm = 'chain' | 'products' | 'relaxed';

export interface PeakVariant {
  readonly form: PeakForm;
  /** Independent accumulators, f32x4 each. */
  readonly accumulators: number;
}

/** Flops of one turn of the loop: a multiplication and an addition in four lanes, for each accumulator. */
export function flopsPerIteration({ accumulators }: PeakVariant): number {
  return accumulators * 4 * 2;
}

const v128 = 0x7b;
const i32 = 0x7f;
const f32 = 0x7d;
const simd = 0xfd;
const op = {
  loop: [0x03, 0x40],
  end: [0x0b],
  branchIfTo0: [0x0d, 0x00],
  i32Const1: [0x41, 0x01],
  i32Sub: [0x6b],
  splat: [simd, 0x13],
  extractLane0: [simd, 0x1f, 0x00],
  add: [simd, 0xe4, 0x01],
  mul: [simd, 0xe6, 0x01],
  relaxedMadd: [simd, 0x85, 0x02],
} as const;

const get = (local: number) => [0x20, local];
const set = (local: number) => [0x21, local];
const tee = (local: number) => [0x22, local];
const f32Const = (value: number) => [0x43, ...new Uint8Array(Float32Array.of(value).buffer)];

/** Local 0 counts iterations; then the accumulators, then six factors. */
const firstAccumulator = 1;
const factors = 6;

/**
 * chain     a ← a·x + y, one rounding chain per accumulator: latency bound with few accumulators
 * products  a_i ← a_i + u_j·v_k, the inner loop of a matrix product with its operands in registers
 * relaxed   a ← madd(a, x, y), fused where the processor has it
 *
 * x = 1/2 and y = 1 hold every chain at 2, so no denormal and no infinity slows it down.
 */
const steps: { readonly [K in PeakForm]: (accumulator: number, at: number, factor: number) => number[] } = {
  chain: (accumulator, _, factor) => [
    ...get(accumulator),
    ...get(factor),
    ...op.mul,
    ...get(factor + 1),
    ...op.add,
    ...set(accumulator),
  ],
  products: (accumulator, at, factor) => [
    ...get(accumulator),
    ...get(factor + (at % 4)),
    ...get(factor + 4 + (Math.floor(at / 4) % 2)),
    ...op.mul,
    ...op.add,
    ...set(accumulator),
  ],
  relaxed: (accumulator, _, factor) => [
    ...get(accumulator),
    ...get(factor),
    ...get(factor + 1),
    ...op.relaxedMadd,
    ...set(accumulator),
  ],
};

/** Bytes of a module that exports `run(iterations: i32): f32`; iterations must be at least 1. */
export function peakModule({ form, accumulators }: PeakVariant): Uint8Array<ArrayBuffer> {
  const firstFactor = firstAccumulator + accumulators;
  const locals = Array.from({ length: accumulators }, (_, at) => firstAccumulator + at);
  const body = [
    ...Array.from({ length: factors }, (_, at) => [
      ...f32Const(factorValue(at)),
      ...op.splat,
      ...set(firstFactor + at),
    ]).flat(),
    ...locals.flatMap((local, at) => [...f32Const(1 + at / 16), ...op.splat, ...set(local)]),
    ...op.loop,
    ...locals.flatMap((local, at) => steps[form](local, at, firstFactor)),
    ...get(0),
    ...op.i32Const1,
    ...op.i32Sub,
    ...tee(0),
    ...op.branchIfTo0,
    ...op.end,
    ...locals.flatMap((local, at) => [...get(local), ...(at === 0 ? [] : op.add)]),
    ...op.extractLane0,
    ...op.end,
  ];
  const code = [1, accumulators + factors, v128, ...body];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [1, 0x60, 1, i32, 1, f32]),
    ...section(3, [1, 0]),
    ...section(7, [1, 3, ...new TextEncoder().encode('run'), 0, 0]),
    ...section(10, [1, ...unsigned(code.length), ...code]),
  ]);
}

/** x = 1/2, y = 1 for the chains; small for the products, so that sums stay finite. */
function factorValue(at: number): number {
  return at === 0 ? 0.5 : at === 1 ? 1 : 2 ** -at;
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...unsigned(content.length), ...content];
}

/** Unsigned LEB128. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}
