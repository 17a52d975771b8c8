import {
  type Backend,
  checkInputs,
  checkScanInputs,
  checkStateData,
  checkStateName,
  DisposedError,
  type Executable,
  type TensorData,
  type TensorMap,
} from '@polyneuron/backend';
import { type Program, type TensorSpec, verify } from '@polyneuron/graph';
import type { GraphCall, ProgramCalls } from './graph/programGraph.js';
import type { Tensorflow } from './load/loadTensorflow.js';
import type { BindingValues } from './session/binding.js';
import type { FedTensor } from './session/graphSession.js';
import { type OpenProgram, SessionPool } from './session/sessionPool.js';

/**
 * Runs each program as one TensorFlow graph: a step, or a whole scan, is one call. TensorFlow's own optimizer of graphs fuses and
 * places the operations.
 *
 * A call holds the thread until it ends. The same values as other backends within the tolerance table; the last bits may
 * differ between runs, as the order in which TensorFlow's threads sum is not fixed. On a processor an index out of range, or a
 * whole number divided by zero, is a TensorflowError; on a GPU TensorFlow reads zeros.
 *
 * @example
 * const backend = createTensorflowBackend(loadTensorflow({ device: 'cpu' }));
 */
export function createTensorflowBackend(tensorflow: Tensorflow): Backend {
  const { binding, version, device, threads } = tensorflow;
  const name = `native-${device}`;
  const pool = new SessionPool(binding);
  const live = new Set<Executable>();
  let isDisposed = false;
  const compileSync = (program: Program): Executable => {
    if (isDisposed) throw new DisposedError(`backend '${name}'`);
    const executable = new TensorflowExecutable(verify(program), pool, () => live.delete(executable));
    live.add(executable);
    return executable;
  };
  return {
    name,
    device: {
      description: `TensorFlow ${version}, ${device === 'gpu' ? 'GPU' : `${threads} ${threads === 1 ? 'thread' : 'threads'}`}`,
      threads,
      facts: { tensorflow: version, binding: tensorflow.path },
    },
    compile: async (program) => compileSync(program),
    compileSync,
    dispose: () => {
      isDisposed = true;
      for (const executable of live) executable.dispose();
      pool.dispose();
    },
  };
}

class TensorflowExecutable implements Executable {
  readonly program: Program;
  readonly #pool: SessionPool;
  readonly #open: OpenProgram;
  readonly #onDispose: () => void;
  #isDisposed = false;

  constructor(program: Program, pool: SessionPool, onDispose: () => void) {
    this.program = program;
    this.#pool = pool;
    this.#open = pool.take(program);
    this.#onDispose = onDispose;
  }

  write(name: string, data: TensorData): void {
    this.#requireLive();
    checkStateData(this.program, name, data);
    this.#call((calls) => calls.write[name], [this.#fed(this.program.state[name], data)]);
  }

  async read(name: string): Promise<TensorData> {
    this.#requireLive();
    checkStateName(this.program, name);
    return this.#call((calls) => calls.read[name], [])[0];
  }

  async run(inputs: TensorMap): Promise<TensorMap> {
    return this.runSync(inputs);
  }

  runSync(inputs: TensorMap): TensorMap {
    this.#requireLive();
    checkInputs(this.program, inputs);
    const fed = Object.entries(this.program.inputs).map(([name, spec]) => this.#fed(spec, inputs[name]));
    return this.#outputs(this.#call(({ run }) => run, fed));
  }

  async scan(steps: number, inputs: TensorMap): Promise<TensorMap> {
    this.#requireLive();
    checkScanInputs(this.program, steps, inputs);
    const fed = Object.entries(this.program.inputs).map(([name, { shape, dtype }]) =>
      this.#fed({ shape: [steps, ...shape], dtype }, inputs[name]),
    );
    const count: FedTensor = { shape: [], dtype: 'int32', data: Int32Array.of(steps) };
    return this.#outputs(this.#call(({ scan }) => scan, [count, ...fed]));
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#pool.giveBack(this.#open);
    this.#onDispose();
  }

  #call(choose: (calls: ProgramCalls) => GraphCall, fed: readonly FedTensor[]): BindingValues[] {
    const { calls, session } = this.#open;
    return session.call(choose(calls), fed);
  }

  #fed({ shape, dtype }: TensorSpec, data: TensorData): FedTensor {
    return { shape, dtype, data: data as BindingValues };
  }

  #outputs(fetched: readonly BindingValues[]): TensorMap {
    return Object.fromEntries(Object.keys(this.program.outputs).map((name, at) => [name, fetched[at]]));
  }

  #requireLive(): void {
    if (this.#isDisposed) throw new DisposedError(`executable of '${this.program.name}'`);
  }
}
