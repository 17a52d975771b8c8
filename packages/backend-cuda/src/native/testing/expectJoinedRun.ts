/** @file All cases of a subject in one graph: TensorFlow takes tens of milliseconds for each session. */
import type { Backend } from '@polyneuron/backend';
import { type ConformanceCase, expectJoined, joinCases, stack, takeStep } from '@polyneuron/conformance';

/** Throws unless cases, run as one program, give what the interpreter gives for each. */
export async function expectJoinedRun(
  backend: Backend,
  title: string,
  cases: readonly ConformanceCase[],
): Promise<void> {
  const { program, inputs } = joinCases(title, cases);
  const executable = await backend.compile(program);
  try {
    expectJoined(cases, [await executable.run(inputs[0])]);
  } finally {
    executable.dispose();
  }
}

/** The same for a scan of two steps that are fed alike. */
export async function expectJoinedScan(
  backend: Backend,
  title: string,
  cases: readonly ConformanceCase[],
): Promise<void> {
  const { program, inputs } = joinCases(title, cases);
  const executable = await backend.compile(program);
  try {
    const twice = await executable.scan(2, stack([inputs[0], inputs[0]]));
    expectJoined(
      cases,
      [0, 1].map((step) => takeStep(program, twice, step)),
    );
  } finally {
    executable.dispose();
  }
}
