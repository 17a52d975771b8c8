import { type DType, interpret, type Program, sizeOf } from '@polyneuron/graph';
import { checkInputs, checkStateData, checkStateName } from './checkInputs.js';
import type { Backend, Executable, TensorData, TensorMap } from './contract.js';
import { DisposedError } from './errors.js';
import type { BackendEntry } from './registry.js';
import { scanByRunning } from './scanByRunning.js';

/** float64 results of the interpreter in the array kind of each dtype. */
const fromFloat64: Readonly<Record<DType, (values: Float64Array) => TensorData>> = {
  float32: (values) => values,
  int32: (values) => Int32Array.from(values),
  bool: (values) => Uint8Array.from(values),
};

/**
 * The float64 interpreter behind the backend contract: slow, obvious, what every other backend is compared with.
 * Everything happens synchronously; float32 values come back as Float64Array, unrounded.
 */
export function createReferenceBackend(): Backend {
  const compileSync = (program: Program) => createReferenceExecutable(program);
  return {
    name: 'reference',
    device: { description: 'float64 interpreter', threads: 1, facts: { precision: 'float64' } },
    compile: async (program) => compileSync(program),
    compileSync,
    dispose: () => {},
  };
}

function createReferenceExecutable(program: Program): Executable {
  let state: Readonly<Record<string, Float64Array>> = Object.fromEntries(
    Object.entries(program.state).map(([name, { shape }]) => [name, new Float64Array(sizeOf(shape))]),
  );
  let isDisposed = false;
  const requireLive = () => {
    if (isDisposed) throw new DisposedError(`executable of '${program.name}'`);
  };
  const runSync = (inputs: TensorMap): TensorMap => {
    requireLive();
    checkInputs(program, inputs);
    const result = interpret(program, { inputs, state });
    state = result.state;
    const outputs = Object.entries(program.outputs).map(
      ([name, { dtype }]) => [name, fromFloat64[dtype](result.outputs[name])] as const,
    );
    return Object.fromEntries(outputs);
  };
  const executable = {
    program,
    write: (name: string, data: TensorData) => {
      requireLive();
      checkStateData(program, name, data);
      state = { ...state, [name]: Float64Array.from(data) };
    },
    read: async (name: string) => {
      requireLive();
      checkStateName(program, name);
      return fromFloat64[program.state[name].dtype](state[name].slice());
    },
    run: async (inputs: TensorMap) => runSync(inputs),
    runSync,
    scan: async (steps: number, inputs: TensorMap) => {
      requireLive();
      return scanByRunning(executable, steps, inputs);
    },
    dispose: () => {
      isDisposed = true;
    },
  };
  return executable;
}

/** Registry entry of the reference: always available, the last that `auto` takes. */
export const referenceEntry: BackendEntry = {
  name: 'reference',
  title: 'float64 interpreter',
  priority: 0,
  probe: async () => ({ available: true }),
  load: async () => createReferenceBackend(),
};
