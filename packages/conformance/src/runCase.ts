/** @file A case on a backend, by `run` and by `scan`. */
import type { Backend, Executable, TensorData, TensorMap } from '@polyneuron/backend';
import { type Program, sizeOf } from '@polyneuron/graph';
import { type ConformanceCase, startOf } from './conformanceCase.js';
import { expectAsInterpreted } from './expectAsInterpreted.js';

/** Throws unless the steps of a case, run one by one, give what the interpreter gives. */
export async function expectRun(backend: Backend, one: ConformanceCase): Promise<void> {
  await expectThrough(backend, one, async (executable) => {
    const outputs: TensorMap[] = [];
    for (const inputs of one.inputs) outputs.push(await executable.run(inputs));
    return outputs;
  });
}

/** The same in one call of `scan`. */
export async function expectScan(backend: Backend, one: ConformanceCase): Promise<void> {
  await expectThrough(backend, one, async (executable) => {
    const stacked = await executable.scan(one.inputs.length, stack(one.inputs));
    return one.inputs.map((_, step) => takeStep(one.program, stacked, step));
  });
}

async function expectThrough(
  backend: Backend,
  one: ConformanceCase,
  work: (executable: Executable) => Promise<readonly TensorMap[]>,
): Promise<void> {
  const executable = await backend.compile(one.program);
  try {
    for (const [name, data] of Object.entries(startOf(one))) executable.write(name, data);
    const outputs = await work(executable);
    const state: Record<string, TensorData> = {};
    for (const name of Object.keys(one.program.state)) state[name] = await executable.read(name);
    expectAsInterpreted(one, { outputs, state });
  } finally {
    executable.dispose();
  }
}

/** A case of one step, `steps` times with the same inputs. */
export function repeated(one: ConformanceCase, steps: number): ConformanceCase {
  return { ...one, inputs: Array.from({ length: steps }, () => one.inputs[0]) };
}

/** Inputs of successive steps, stacked. */
export function stack(inputs: readonly TensorMap[]): TensorMap {
  return Object.fromEntries(
    Object.keys(inputs[0]).map((name) => [name, join(inputs.map((step) => step[name]))]),
  );
}

function join(parts: readonly TensorData[]): TensorData {
  const Kind = parts[0].constructor as new (length: number) => TensorData;
  const joined = new Kind(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Outputs of one step of a scan. */
export function takeStep(program: Program, stacked: TensorMap, step: number): TensorMap {
  return Object.fromEntries(
    Object.entries(stacked).map(([name, data]) => {
      const size = sizeOf(program.outputs[name].shape);
      return [name, data.subarray(step * size, (step + 1) * size)];
    }),
  );
}
