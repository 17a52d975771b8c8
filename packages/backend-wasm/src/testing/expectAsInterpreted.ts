import type { Backend, TensorData, TensorMap } from '@polyneuron/backend';
import { type DType, interpret, type Program, sizeOf, type TensorSpec } from '@polyneuron/graph';
import { expectClose, type Tolerance, testRandom } from '@polyneuron/testing';

interface Comparison {
  /** What is compared, for the message. */
  readonly title: string;
  readonly backend: Backend;
  readonly program: Program;
  readonly inputs: TensorMap;
  readonly state?: TensorMap;
  readonly tolerance: Tolerance;
}

/** Throws unless one run on the backend gives the outputs and the new state of the float64 interpreter. */
export async function expectAsInterpreted(comparison: Comparison): Promise<void> {
  const { title, backend, program, inputs, state = {}, tolerance } = comparison;
  const expected = interpret(program, { inputs, state });
  const executable = await backend.compile(program);
  for (const [name, data] of Object.entries(state)) executable.write(name, data);
  const outputs = await executable.run(inputs);
  const compare = (name: string, actual: TensorData, values: Float64Array, dtype: DType) => {
    try {
      expectClose(actual, roundedTo(values, dtype), tolerance);
    } catch (error) {
      throw new Error(`${title}, ${name}: ${(error as Error).message}`);
    }
  };
  if (Object.keys(outputs).join() !== Object.keys(expected.outputs).join())
    throw new Error(`${title}: outputs ${Object.keys(outputs)}, expected ${Object.keys(expected.outputs)}`);
  for (const [name, values] of Object.entries(expected.outputs))
    compare(name, outputs[name], values, program.outputs[name].dtype);
  for (const [name, values] of Object.entries(expected.state))
    compare(name, await executable.read(name), values, program.state[name].dtype);
  executable.dispose();
}

/** The interpreter's result as the dtype can hold it: beyond the largest float32 lies infinity. */
const roundedTo = (values: Float64Array, dtype: DType): ArrayLike<number> =>
  dtype === 'float32' ? Float32Array.from(values) : values;

/** Values for every spec by its name: `fixed` where it names one, else standard normal numbers; integers are 0. */
export function drawValues(
  specs: Readonly<Record<string, TensorSpec>>,
  seed: number,
  fixed: TensorMap = {},
): Record<string, TensorData> {
  const random = testRandom(seed);
  const draw: { readonly [K in DType]: (count: number) => TensorData } = {
    float32: (count) => Float32Array.from(random.normals(count)),
    int32: (count) => new Int32Array(count),
    bool: (count) => Uint8Array.from({ length: count }, () => random.integer(2)),
  };
  return Object.fromEntries(
    Object.entries(specs).map(([name, { shape, dtype }]) => [
      name,
      fixed[name] ?? draw[dtype](sizeOf(shape)),
    ]),
  );
}
