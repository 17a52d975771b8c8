import type { ConformanceCase } from '@polyneuron/conformance';
import { type PrintedProgram, printProgram } from '../emit/printCudaPlan.js';

/** A case that runs once, or by `scan`. */
export interface ShimCase extends ConformanceCase {
  /** Feeds and collects records, as a scan on the device does. */
  readonly isScan?: boolean;
  readonly options?: Parameters<typeof printProgram>[1];
  /** Puts a mistake into the printed kernels, for tests of the shim. */
  readonly spoil?: (body: string) => string;
}

/** Bytes that nobody may touch between tensors. */
export const guardBytes = 64;

export function printCase({ program, options, spoil }: ShimCase, at: number): PrintedProgram {
  const printed = printProgram(program, { guardBytes, prefix: `p${at}_`, ...options });
  if (!spoil) return printed;
  const placed = printed.placed.map((one) => ({
    ...one,
    kernel: { ...one.kernel, body: spoil(one.kernel.body) },
  }));
  return { ...printed, placed };
}
