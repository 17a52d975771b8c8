import type { TensorMap } from '@polyneuron/backend';
import { sizeOf } from '@polyneuron/graph';
import type { Workload } from '../../contenders/contender.js';
import { reachGoal } from '../../contenders/reachGoal.js';
import type { OneRunOf, OpenedCase, RunKind } from '../../programs/caseProgram.js';
import { fixedState } from './fixedState.js';
import { type OnnxEngine, OnnxExecutable } from './onnxExecutable.js';
import type { OnnxData } from './onnxRuntime.js';

/** Bytes of stacked inputs that one call may take. */
const inputLimit = 2 ** 24;

type Prepare<K extends RunKind> = (
  engine: OnnxEngine,
  opened: OpenedCase,
  oneRun: OneRunOf<K>,
) => Promise<Workload>;

const preparations: { readonly [K in RunKind]: Prepare<K> } = {
  execution: (engine, opened) => prepareExecutions(engine, opened),
  call: async (engine, opened) => ({ ...(await prepareExecutions(engine, opened)), maximumRuns: 1 }),
  fresh: async (engine, opened, { build }) => startFresh(engine, opened, build),
  goal: prepareTraining,
};

/** A case as sessions of onnxruntime: every program exports, so that no case is left out. */
export function prepareOnnx(engine: OnnxEngine, opened: OpenedCase): Promise<Workload> {
  const { oneRun } = opened;
  return (preparations[oneRun.kind] as Prepare<RunKind>)(engine, opened, oneRun);
}

function load(engine: OnnxEngine, opened: OpenedCase, program = opened.program): Promise<OnnxExecutable> {
  return OnnxExecutable.open(program, engine, opened.state, fixedState(opened));
}

async function prepareExecutions(engine: OnnxEngine, opened: OpenedCase): Promise<Workload> {
  const executable = await load(engine, opened);
  const { program, inputs } = opened;
  const bytes = Object.values(program.inputs).reduce((sum, { shape }) => sum + 4 * sizeOf(shape), 0);
  return {
    maximumRuns: Math.max(1, Math.floor(inputLimit / Math.max(1, bytes))),
    check: () => computeCheck(executable, opened),
    async run(runs) {
      const stacked = inputs(runs);
      for (let run = 0; run < runs; run++) await executable.run(inputsOfRun(stacked, run, runs));
    },
    dispose: () => void executable.dispose(),
  };
}

async function computeCheck(executable: OnnxExecutable, { check }: OpenedCase): Promise<TensorMap> {
  const outputs: Record<string, number[]> = {};
  for (let run = 0; run < check.runs; run++) {
    const results = await executable.run(inputsOfRun(check.inputs, run, check.runs));
    for (const name of check.names)
      if (name in results) outputs[name] = [...(outputs[name] ?? []), ...results[name]];
  }
  return Object.fromEntries(
    check.names.map((name) => [
      name,
      name in outputs ? Float32Array.from(outputs[name]) : executable.read(name).slice(),
    ]),
  );
}

function startFresh(engine: OnnxEngine, opened: OpenedCase, build: OneRunOf<'fresh'>['build']): Workload {
  const inputs = opened.inputs(1);
  const once = async <T>(work: (executable: OnnxExecutable) => Promise<T>): Promise<T> => {
    const executable = await load(engine, opened, build());
    try {
      return await work(executable);
    } finally {
      await executable.dispose();
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
  engine: OnnxEngine,
  opened: OpenedCase,
  goal: OneRunOf<'goal'>,
): Promise<Workload> {
  const executable = await load(engine, opened);
  const inputs = opened.inputs(1);
  const advance = async () => {
    let loss = Number.NaN;
    for (let step = 0; step < goal.stride; step++) [loss] = (await executable.run(inputs))[goal.output];
    return loss;
  };
  const train = () => {
    executable.reset(opened.state);
    return reachGoal(goal, advance);
  };
  return {
    check: async () => ({ [goal.output]: await train() }),
    async run(runs) {
      for (let run = 0; run < runs; run++) await train();
    },
    dispose: () => void executable.dispose(),
  };
}

/** The inputs of one run out of those of several. */
function inputsOfRun(stacked: TensorMap, run: number, runs: number): TensorMap {
  if (runs === 1) return stacked;
  return Object.fromEntries(
    Object.entries(stacked).map(([name, values]) => {
      const size = values.length / runs;
      return [name, (values as OnnxData).subarray(run * size, (run + 1) * size)];
    }),
  );
}
