import type { Backend } from '@polyneuron/backend';
import type { Contender, ContenderSpec, Opening } from './contender.js';
import { prepareProgram } from './programWorkload.js';

/** A backend as an application hands it in: what it may be asked for, loaded when its turn comes. */
export interface BackendSource {
  /** 'wasm': the contender is `polyneuron-wasm`. */
  readonly name: string;
  /** Thread counts to measure, one result each. default [1] */
  readonly threads?: readonly number[];
  /** Throws where the backend does not run here; the message becomes the reason. */
  open(threads: number): Promise<Backend>;
}

/** The contender `polyneuron-<backend>`: cases as programs, run by `scan`. */
export function programContender(source: BackendSource): ContenderSpec {
  const name = `polyneuron-${source.name}`;
  return {
    name,
    title: `Polyneuron on backend '${source.name}', whole programs`,
    ...(source.threads && { threads: source.threads }),
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
    prepare: async (opened) => prepareProgram(backend, opened),
    dispose: () => backend.dispose(),
  };
}
