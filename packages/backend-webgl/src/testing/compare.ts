import type { Backend, Executable, TensorData, TensorMap } from '@polyneuron/backend';
import { type DType, interpret, type Program, simplify } from '@polyneuron/graph';
import { expectClose, type Tolerance } from '@polyneuron/testing';

interface Comparison {
  readonly backend: Backend;
  readonly program: Program;
  readonly inputs: TensorMap;
  readonly state?: TensorMap;
  readonly tolerance: Tolerance;
}

/** How often a program is run: once by `run`, or twice by `scan` with the same inputs. */
const scanSteps = 2;

/** Throws unless one `run`, or a `scan`, gives the outputs and the new state of the float64 interpreter. */
export async function compareRun({ backend, program, inputs, state = {}, tolerance }: Comparison) {
  const expected = interpret(simplify(program), { inputs, state });
  await withState(backend, program, state, async (executable) => {
    const outputs = await executable.run(inputs);
    if (Object.keys(outputs).join() !== Object.keys(expected.outputs).join())
      throw new Error(`outputs ${Object.keys(outputs)}, expected ${Object.keys(expected.outputs)}`);
    for (const [name, values] of Object.entries(expected.outputs))
      compare(name, outputs[name], values, program.outputs[name].dtype, tolerance);
    for (const [name, values] of Object.entries(expected.state))
      compare(name, await executable.read(name), values, program.state[name].dtype, tolerance);
  });
}

/** The same for two steps of a scan that are fed alike. */
export async function compareScan({ backend, program, inputs, state = {}, tolerance }: Comparison) {
  const first = interpret(simplify(program), { inputs, state });
  const second = interpret(simplify(program), { inputs, state: first.state });
  const stacked = Object.fromEntries(
    Object.entries(inputs).map(([name, data]) => [name, repeat(data, scanSteps)]),
  );
  await withState(backend, program, state, async (executable) => {
    const outputs = await executable.scan(scanSteps, stacked);
    for (const name of Object.keys(first.outputs)) {
      const values = Float64Array.of(...first.outputs[name], ...second.outputs[name]);
      compare(`${name} of a scan`, outputs[name], values, program.outputs[name].dtype, tolerance);
    }
    for (const [name, values] of Object.entries(second.state))
      compare(
        `${name} after a scan`,
        await executable.read(name),
        values,
        program.state[name].dtype,
        tolerance,
      );
  });
}

async function withState(
  backend: Backend,
  program: Program,
  state: TensorMap,
  use: (executable: Executable) => Promise<void>,
): Promise<void> {
  const executable = await backend.compile(program);
  try {
    for (const [name, data] of Object.entries(state)) executable.write(name, data);
    await use(executable);
  } finally {
    executable.dispose();
  }
}

function compare(
  name: string,
  actual: TensorData,
  expected: Float64Array,
  dtype: DType,
  tolerance: Tolerance,
): void {
  try {
    // Beyond the largest float32 lies infinity
    expectClose(actual, dtype === 'float32' ? Float32Array.from(expected) : expected, tolerance);
  } catch (error) {
    throw new Error(`${name}: ${(error as Error).message}`);
  }
}

function repeat(data: TensorData, times: number): TensorData {
  const Kind = data.constructor as new (length: number) => TensorData;
  const result = new Kind(data.length * times);
  for (let at = 0; at < times; at++) result.set(data, at * data.length);
  return result;
}
