import type { TensorData, TensorMap } from '@polyneuron/backend';
import type { DType } from '@polyneuron/graph';
import { expectClose } from '@polyneuron/testing';
import { type ConformanceCase, expectationOf } from './conformanceCase.js';

/** What a case left: outputs of each step, and the state after the last. */
export interface CaseResult {
  readonly outputs: readonly TensorMap[];
  readonly state: TensorMap;
}

/** Throws unless a result is the float64 interpreter's, in every output of every step and every entry of the state. */
export function expectAsInterpreted(one: ConformanceCase, actual: CaseResult): void {
  const { title, program, tolerance } = one;
  const expected = expectationOf(one);
  const compare = (what: string, data: TensorData, values: ArrayLike<number>, dtype: DType) => {
    try {
      // Beyond the largest float32 lies infinity
      expectClose(data, dtype === 'float32' ? Float32Array.from(values) : values, tolerance);
    } catch (cause) {
      throw new Error(`${title}, ${what}: ${(cause as Error).message}`, { cause });
    }
  };
  for (const [step, outputs] of expected.outputs.entries()) {
    expectNames(`${title}, outputs of step ${step}`, actual.outputs[step], program.outputs);
    for (const [name, values] of Object.entries(outputs))
      compare(
        `output ${name} of step ${step}`,
        actual.outputs[step][name],
        values,
        program.outputs[name].dtype,
      );
  }
  expectNames(`${title}, state`, actual.state, program.state);
  for (const [name, values] of Object.entries(expected.state))
    compare(`state ${name}`, actual.state[name], values, program.state[name].dtype);
}

function expectNames(what: string, actual: object, expected: object): void {
  const [got, wanted] = [actual, expected].map((names) => Object.keys(names).join());
  if (got !== wanted) throw new Error(`${what}: expected ${wanted}, got ${got}`);
}
