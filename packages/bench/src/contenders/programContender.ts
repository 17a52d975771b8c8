import type { Backend, Executable, TensorMap } from '@polyneuron/backend';
import { type Program, sizeOf } from '@polyneuron/graph';
import type { OpenedCase } from '../programs/caseProgram.js';
import { counterName } from '../programs/counter.js';
import type { Contender, ContenderSpec, Opening, Workload } from './contender.js';

/** A backend as an application hands it in: what it may be asked for, loaded when its turn comes. */
export interface BackendSource {
  /** 'wasm': the contender is `polyneuron-wasm`. */
  readonly name: string;
  /** Thread counts to measure, one result each. default [1] */
  readonly threads?: readonly number[];
  /** Throws where the backend does not run here; the message becomes the reason. */
  open(threads: number): Promise<Backend>;
}

/** Bytes of stacked inputs that one call may take. */
const inputLimit = 2 ** 24;

/** The contender `polyneuron-<backend>`: cases as programs, run by `scan`. */
export function programContender(source: BackendSource): ContenderSpec {
  const name = `polyneuron-${source.name}`;
  return {
    name,
    title: `Polyneuron on backend '${source.name}', whole programs`,
    open: () => openBackends(source, (backend) => contenderOf(name, backend)),
  };
}

/** One contender per thread count; a count that cannot be had is missing with the reason. */
export async function openBackends(
  { threads = [1], open }: BackendSource,
  contenderOn: (backend: Backend) => Contender,
): Promise<Opening> {
  const contenders: Contender[] = [];
  const missing: string[] = [];
  for (const count of threads) {
    try {
      contenders.push(contenderOn(await open(count)));
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      missing.push(`${count} ${count === 1 ? 'thread' : 'threads'}: ${message}`);
    }
  }
  return { contenders, missing };
}

function contenderOf(name: string, backend: Backend): Contender {
  const { description, threads } = backend.device;
  return {
    name,
    threads,
    device: description,
    prepare: async (opened) => workloadOf(await backend.compile(opened.program), opened),
    dispose: () => backend.dispose(),
  };
}

function workloadOf(executable: Executable, { program, state, inputs, check }: OpenedCase): Workload {
  for (const [name, values] of Object.entries(state)) executable.write(name, values);
  const isCounted = counterName in program.state;
  return {
    maximumRuns: Math.max(1, Math.floor(inputLimit / Math.max(1, inputBytes(program)))),
    async check() {
      await executable.scan(check.runs, check.inputs);
      const values: Record<string, TensorMap[string]> = {};
      for (const name of check.names) values[name] = await executable.read(name);
      return values;
    },
    async run(runs) {
      await executable.scan(runs, inputs(runs));
      // Outputs are read back by scan itself; a program without any is waited for through its counter.
      if (isCounted) await executable.read(counterName);
    },
    dispose: () => executable.dispose(),
  };
}

function inputBytes(program: Program): number {
  return Object.values(program.inputs).reduce((bytes, { shape }) => bytes + 4 * sizeOf(shape), 0);
}
