import type { TensorMap } from '@polyneuron/backend';
import { interpret, type Program, simplify, sizeOf } from '@polyneuron/graph';
import type { Tolerance } from '@polyneuron/testing';

/** A program with its numbers, and how close a backend must come to the float64 interpreter. */
export interface ConformanceCase {
  /** Unique within its subject, for messages. */
  readonly title: string;
  readonly program: Program;
  /** Of every step, one after the other; at least one. */
  readonly inputs: readonly TensorMap[];
  /** Before the first step; entries that are not named start as zeros. */
  readonly state?: TensorMap;
  readonly tolerance: Tolerance;
}

/** A program, its gradient (order 1) or the gradient of that, of one step. */
export interface DerivativeCase extends ConformanceCase {
  readonly order: number;
}

/** Outputs of each step, and the state after the last. */
export interface Expectation {
  readonly outputs: readonly Readonly<Record<string, Float64Array>>[];
  readonly state: Readonly<Record<string, ArrayLike<number>>>;
}

const known = new WeakMap<ConformanceCase, Expectation>();

/** What the interpreter gives for a case. Computed once, however many backends are compared with it. */
export function expectationOf(one: ConformanceCase): Expectation {
  const found = known.get(one);
  if (found) return found;
  const program = simplify(one.program);
  let state: Readonly<Record<string, ArrayLike<number>>> = startOf(one);
  const outputs = one.inputs.map((inputs) => {
    const result = interpret(program, { inputs, state });
    ({ state } = result);
    return result.outputs;
  });
  const expectation = { outputs, state };
  known.set(one, expectation);
  return expectation;
}

const arrays = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

/** The whole state before the first step. */
export function startOf({ program, state = {} }: ConformanceCase): TensorMap {
  return Object.fromEntries(
    Object.entries(program.state).map(([name, { shape, dtype }]) => [
      name,
      state[name] ?? new arrays[dtype](sizeOf(shape)),
    ]),
  );
}
