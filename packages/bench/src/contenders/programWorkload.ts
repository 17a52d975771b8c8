/** @file A case's program on a backend: executed in scans, called, started afresh, or trained until its goal. */
import type { Backend, Executable, TensorMap } from '@polyneuron/backend';
import { type DType, type Program, sizeOf } from '@polyneuron/graph';
import type { OneRunOf, OpenedCase, RunKind } from '../programs/caseProgram.js';
import { counterName } from '../programs/counter.js';
import type { Workload } from './contender.js';
import { reachGoal } from './reachGoal.js';

/** Bytes of stacked inputs that one call may take. */
const inputLimit = 2 ** 24;

const zeros: { readonly [K in DType]: (count: number) => TensorMap[string] } = {
  float32: (count) => new Float32Array(count),
  int32: (count) => new Int32Array(count),
  bool: (count) => new Uint8Array(count),
};

type Prepare<K extends RunKind> = (
  backend: Backend,
  opened: OpenedCase,
  oneRun: OneRunOf<K>,
) => Promise<Workload>;

const preparations: { readonly [K in RunKind]: Prepare<K> } = {
  execution: prepareExecutions,
  call: prepareCalls,
  fresh: async (backend, opened, { build }) => startFresh(backend, opened, build),
  goal: prepareTraining,
};

/** A case on a backend, in the way that one run of it asks for. */
export function prepareProgram(backend: Backend, opened: OpenedCase): Promise<Workload> {
  const { oneRun } = opened;
  return (preparations[oneRun.kind] as Prepare<RunKind>)(backend, opened, oneRun);
}

async function load(backend: Backend, program: Program, state: TensorMap): Promise<Executable> {
  const executable = await backend.compile(program);
  for (const [name, values] of Object.entries(state)) executable.write(name, values);
  return executable;
}

/** The runs of the check, and the values it compares. */
async function computeCheck(executable: Executable, { check }: OpenedCase): Promise<TensorMap> {
  const outputs = await executable.scan(check.runs, check.inputs);
  const values: Record<string, TensorMap[string]> = {};
  for (const name of check.names) values[name] = outputs[name] ?? (await executable.read(name));
  return values;
}

async function prepareExecutions(backend: Backend, opened: OpenedCase): Promise<Workload> {
  const { program, state, inputs } = opened;
  const executable = await load(backend, program, state);
  const isCounted = counterName in program.state;
  return {
    maximumRuns: Math.max(1, Math.floor(inputLimit / Math.max(1, inputBytes(program)))),
    check: () => computeCheck(executable, opened),
    async run(runs) {
      await executable.scan(runs, inputs(runs));
      // Outputs are read back by scan itself; a program without any is waited for through its counter.
      if (isCounted) await executable.read(counterName);
    },
    dispose: () => executable.dispose(),
  };
}

async function prepareCalls(backend: Backend, opened: OpenedCase): Promise<Workload> {
  const executable = await load(backend, opened.program, opened.state);
  const inputs = opened.inputs(1);
  return {
    maximumRuns: 1,
    check: () => computeCheck(executable, opened),
    async run() {
      await executable.run(inputs);
    },
    dispose: () => executable.dispose(),
  };
}

function startFresh(backend: Backend, opened: OpenedCase, build: () => Program): Workload {
  const inputs = opened.inputs(1);
  const once = async <T>(work: (executable: Executable) => Promise<T>): Promise<T> => {
    const executable = await load(backend, build(), opened.state);
    try {
      return await work(executable);
    } finally {
      executable.dispose();
    }
  };
  return {
    check: () => once((executable) => computeCheck(executable, opened)),
    async run(runs) {
      for (let run = 0; run < runs; run++) await once((executable) => executable.run(inputs));
    },
    dispose: () => {},
  };
}

async function prepareTraining(
  backend: Backend,
  { program, state, inputs }: OpenedCase,
  { output, below, stride, most }: OneRunOf<'goal'>,
): Promise<Workload> {
  const executable = await load(backend, program, state);
  const first = Object.keys(program.updates).map((name) => {
    const { dtype, shape } = program.state[name];
    return [name, state[name] ?? zeros[dtype](sizeOf(shape))] as const;
  });
  const rows = inputs(stride);
  const train = async (): Promise<number[]> => {
    for (const [name, values] of first) executable.write(name, values);
    return reachGoal(
      { below, stride, most },
      async () => (await executable.scan(stride, rows))[output][stride - 1],
    );
  };
  return {
    check: async () => ({ [output]: await train() }),
    async run(runs) {
      for (let run = 0; run < runs; run++) await train();
    },
    dispose: () => executable.dispose(),
  };
}

function inputBytes(program: Program): number {
  return Object.values(program.inputs).reduce((bytes, { shape }) => bytes + 4 * sizeOf(shape), 0);
}
