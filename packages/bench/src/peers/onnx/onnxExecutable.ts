import type { TensorMap } from '@polyneuron/backend';
import { type DType, type Program, sizeOf, type TensorSpec } from '@polyneuron/graph';
import { encodeModel, type OnnxProto } from './encodeModel.js';
import { exportProgram, onnxNames } from './exportProgram.js';
import type { OnnxData, OnnxRuntime, OnnxSession, OnnxTensor } from './onnxRuntime.js';

/** One of the packages, loaded. */
export interface OnnxEngine {
  readonly runtime: OnnxRuntime;
  readonly proto: OnnxProto;
  /** Name of the execution provider. */
  readonly provider: string;
  readonly threads: number;
  /**
   * Results go into tensors that are handed in. Without that each run makes new ones, and onnxruntime-web leaves those handed in
   * untouched.
   */
  readonly writesInPlace: boolean;
}

const arrays: { readonly [K in DType]: new (length: number) => OnnxData } = {
  float32: Float32Array,
  int32: Int32Array,
  bool: Uint8Array,
};

/** A program in a session of onnxruntime, with the state that it carries from run to run. */
export class OnnxExecutable {
  private readonly program: Program;
  private readonly engine: OnnxEngine;
  private readonly session: OnnxSession;
  /** Names that the exported graph reads. */
  private readonly fed: ReadonlySet<string>;
  private state: Record<string, OnnxTensor> = {};
  /** Where the next values of state are written, and the outputs. */
  private spare: Record<string, OnnxTensor> = {};

  private constructor(program: Program, engine: OnnxEngine, session: OnnxSession, fed: ReadonlySet<string>) {
    this.program = program;
    this.engine = engine;
    this.session = session;
    this.fed = fed;
  }

  /** Exports the program and opens a session; `fixed` are state entries that are part of the file. */
  static async open(
    program: Program,
    engine: OnnxEngine,
    state: TensorMap,
    fixed: TensorMap,
  ): Promise<OnnxExecutable> {
    const graph = exportProgram(program, fixed);
    const session = await engine.runtime.InferenceSession.create(encodeModel(graph, engine.proto), {
      executionProviders: [engine.provider],
      graphOptimizationLevel: 'all',
      intraOpNumThreads: engine.threads,
      interOpNumThreads: 1,
      logSeverityLevel: 3,
    });
    const fed = new Set(graph.inputs.map(({ name }) => name));
    const executable = new OnnxExecutable(program, engine, session, fed);
    executable.reset(state);
    return executable;
  }

  /** State that is not named starts as zeros; what runs write to is a copy. */
  reset(state: TensorMap): void {
    const written = pick(this.program.state, this.program.updates);
    const own = Object.entries(pick(state, written)).map(([name, values]) => [name, values.slice()] as const);
    this.state = this.tensors(this.program.state, { ...state, ...Object.fromEntries(own) });
    if (this.engine.writesInPlace)
      this.spare = { ...this.tensors(written), ...this.tensors(this.program.outputs) };
  }

  /** One execution. Outputs are valid until the next one. */
  async run(inputs: TensorMap): Promise<Readonly<Record<string, OnnxData>>> {
    const { input, state, output, update } = onnxNames;
    const feeds = {
      ...renamed(this.tensors(this.program.inputs, inputs), input),
      ...renamed(this.state, state),
    };
    const fetches = {
      ...renamed(pick(this.spare, this.program.outputs), output),
      ...renamed(pick(this.spare, this.program.updates), update),
    };
    const read = Object.fromEntries(Object.entries(feeds).filter(([name]) => this.fed.has(name)));
    const made = await (this.engine.writesInPlace
      ? this.session.run(read as never, fetches as never)
      : this.session.run(read as never));
    // The tensor handed in, where there is one: its successor may be another object on the same memory.
    const result = (name: string) => fetches[name] ?? made[name];
    for (const name of Object.keys(this.program.updates)) {
      const old = this.state[name];
      this.state[name] = result(update(name));
      if (this.engine.writesInPlace) this.spare[name] = old;
    }
    const outputs = Object.keys(this.program.outputs).map(
      (name) => [name, result(output(name)).data as OnnxData] as const,
    );
    return Object.fromEntries(outputs);
  }

  read(name: string): OnnxData {
    return this.state[name].data as OnnxData;
  }

  dispose(): Promise<void> {
    return this.session.release();
  }

  private tensors(
    specs: Readonly<Record<string, TensorSpec>>,
    values: TensorMap = {},
  ): Record<string, OnnxTensor> {
    const { Tensor } = this.engine.runtime;
    return Object.fromEntries(
      Object.entries(specs).map(([name, { shape, dtype }]) => {
        const data = values[name] ?? new arrays[dtype](sizeOf(shape));
        return [name, new Tensor(dtype, data as never, shape)];
      }),
    );
  }
}

function renamed<T>(
  record: Readonly<Record<string, T>>,
  nameOf: (name: string) => string,
): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [nameOf(name), value]));
}

function pick<T>(record: Readonly<Record<string, T>>, names: object): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name in names));
}
