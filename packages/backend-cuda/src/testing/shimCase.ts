import type { TensorData, TensorMap } from '@polyneuron/backend';
import { type DType, interpret, type Program, simplify } from '@polyneuron/graph';
import { expectClose, type Tolerance } from '@polyneuron/testing';
import { type PrintedProgram, printProgram } from '../emit/printCudaPlan.js';

/** A program to run once, or some steps of it by `scan`, and how close it must come to the interpreter. */
export interface ShimCase {
  readonly title: string;
  readonly program: Program;
  /** Of every step one after the other. */
  readonly inputs: readonly TensorMap[];
  readonly state?: TensorMap;
  readonly tolerance: Tolerance;
  /** Feeds and collects records, as a scan on the device does. */
  readonly isScan?: boolean;
  readonly options?: Parameters<typeof printProgram>[1];
  /** Puts a mistake into the printed kernels, for tests of the shim. */
  readonly spoil?: (body: string) => string;
}

/** What a case left in memory: the outputs of each step (of the last one without a scan), and the state. */
export interface ShimResult {
  readonly outputs: readonly TensorMap[];
  readonly state: TensorMap;
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

/** Throws unless a case gives the interpreter's outputs at every step and its state in the end. */
export function expectAsInterpreted(
  { title, program, inputs, state = {}, tolerance }: ShimCase,
  actual: ShimResult,
): void {
  let current: Readonly<Record<string, ArrayLike<number>>> = state;
  const compare = (name: string, data: TensorData, values: Float64Array, dtype: DType) => {
    try {
      expectClose(data, dtype === 'float32' ? Float32Array.from(values) : values, tolerance);
    } catch (error) {
      throw new Error(`${title}, ${name}: ${(error as Error).message}`);
    }
  };
  const simple = simplify(program);
  inputs.forEach((fed, step) => {
    const expected = interpret(simple, { inputs: fed, state: current });
    current = expected.state;
    for (const [name, values] of Object.entries(expected.outputs))
      compare(`${name} of step ${step}`, actual.outputs[step][name], values, program.outputs[name].dtype);
  });
  for (const [name, values] of Object.entries(current))
    compare(`state ${name}`, actual.state[name], values as Float64Array, program.state[name].dtype);
}
