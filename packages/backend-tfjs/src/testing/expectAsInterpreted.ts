/** @file Programs run on a backend, against the float64 interpreter. */
import type { Backend, TensorMap } from '@polyneuron/backend';
import { interpret, type Program, sizeOf, verify } from '@polyneuron/graph';
import { expectClose, type Tolerance } from '@polyneuron/testing';
import { expect } from 'vitest';

export interface RunComparison {
  readonly backend: Backend;
  readonly program: Program;
  readonly inputs: TensorMap;
  /** What the interpreter makes of the same inputs, and of a state of zeros. */
  readonly expected: ReturnType<typeof interpret>;
  readonly tolerance: Tolerance;
  /** For the message. */
  readonly what: string;
}

/** Interprets, and compares one run. */
export async function expectAsInterpreted(
  backend: Backend,
  program: Program,
  inputs: TensorMap,
  tolerance: Tolerance,
  what: string,
): Promise<void> {
  verify(program);
  const expected = interpret(program, { inputs, state: zeroState(program) });
  await expectRun({ backend, program, inputs, expected, tolerance, what });
}

/** Throws unless outputs and state of one run on the backend are those expected. */
export async function expectRun(comparison: RunComparison): Promise<void> {
  const { backend, program, inputs, expected, tolerance, what } = comparison;
  const executable = await backend.compile(program);
  try {
    const outputs = await executable.run(inputs);
    expect(Object.keys(outputs), what).toEqual(Object.keys(program.outputs));
    for (const name in program.outputs) {
      labelled(`${what}, output ${name}`, () =>
        expectClose(outputs[name], expected.outputs[name], tolerance),
      );
    }
    for (const name in program.updates) {
      const data = await executable.read(name);
      labelled(`${what}, state ${name}`, () => expectClose(data, expected.state[name], tolerance));
    }
  } finally {
    executable.dispose();
  }
}

function zeroState(program: Program): Record<string, number[]> {
  return Object.fromEntries(
    Object.entries(program.state).map(([name, { shape }]) => [
      name,
      new Array<number>(sizeOf(shape)).fill(0),
    ]),
  );
}

function labelled(what: string, body: () => void): void {
  try {
    body();
  } catch (error) {
    throw new Error(`${what}: ${(error as Error).message}`, { cause: error });
  }
}
