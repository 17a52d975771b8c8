import type { Contender, ContenderSpec, Opening, Preparation } from '../contenders/contender.js';
import type { Missing, Opened } from './protocol.js';
import { RemoteProcess, type StartTransport } from './remoteProcess.js';
import { preparedWithMemory } from './residentPeak.js';
import type { Runtime } from './runtime.js';

export interface RemoteOptions {
  readonly runtime: Runtime;
  /** Starts a process that serves the contender. */
  readonly start: StartTransport;
  /** No answer may take longer: starting, compiling, one timing. default 120 000 */
  readonly answerLimitMs?: number;
  /** Ends every process when it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The same contender, computing in processes of its own: one for each of its settings, fresh at the start of a run and
 * after each end that nobody asked for. It times itself; results come back to be checked here like everybody's.
 *
 * Memory is the most that its processes held from the preparation of a case on (Linux).
 */
export function remoteContender(spec: ContenderSpec, options: RemoteOptions): ContenderSpec {
  return {
    name: spec.name,
    title: spec.title,
    runtime: options.runtime,
    ...(spec.suites && { suites: spec.suites }),
    ...(spec.threads && { threads: spec.threads }),
    open: () => openSettings(spec, options),
  };
}

async function openSettings({ name, threads }: ContenderSpec, options: RemoteOptions): Promise<Opening> {
  const contenders: Contender[] = [];
  const missing: string[] = [];
  const warnings: string[] = [];
  for (const count of threads ?? [1]) {
    const process = startProcess(name, options);
    try {
      const opened = await process.ask({ do: 'open', contender: name, threads: count });
      const reasons = whyNot(opened, threads && count);
      missing.push(...reasons);
      if ('missing' in opened || reasons.length > 0) process.dispose();
      else {
        contenders.push(contenderOf({ name, count, process, opened }, options));
        warnings.push(...opened.warnings);
      }
    } catch (cause) {
      process.dispose();
      options.signal?.throwIfAborted();
      missing.push(reasonOf(cause));
    }
  }
  return { contenders, missing: [...new Set(missing)], warnings };
}

/** Why a setting does not take part: its own reasons, or that it takes other threads than were asked for. */
function whyNot(opened: Opened | Missing, count: number | undefined): readonly string[] {
  if ('missing' in opened) return opened.missing;
  const { threads } = opened;
  if (count === undefined || threads === count) return [];
  return [`${count} ${count === 1 ? 'thread' : 'threads'}: it takes ${threads} here`];
}

function startProcess(name: string, { runtime, start, answerLimitMs = 120_000, signal }: RemoteOptions) {
  return new RemoteProcess({ subject: `'${name}' in ${places[runtime]}`, start, answerLimitMs, signal });
}

const places: { readonly [R in Runtime]: string } = {
  node: 'a Node process of its own',
  chromium: 'a Chromium of its own',
};

interface Setting {
  readonly name: string;
  /** Threads that are asked for. */
  readonly count: number;
  readonly process: RemoteProcess;
  readonly opened: Opened;
}

function contenderOf({ name, count, process, opened }: Setting, options: RemoteOptions): Contender {
  let current = process;
  const { threads, device, versions } = opened;
  return {
    name,
    threads,
    device,
    runtime: options.runtime,
    ...(versions && Object.keys(versions).length > 0 && { versions }),
    async prepare({ name: caseName }) {
      if (!current.isAlive) {
        current = startProcess(name, options);
        const again = await current.ask({ do: 'open', contender: name, threads: count });
        if ('missing' in again) return { unsupported: again.missing.join('; ') };
      }
      const process = current;
      return preparedWithMemory(
        () => process.processIds(),
        () => prepareIn(process, caseName),
      );
    },
    dispose: () => current.dispose(),
  };
}

async function prepareIn(process: RemoteProcess, name: string): Promise<Preparation> {
  const prepared = await process.ask({ do: 'prepare', case: name });
  if ('unsupported' in prepared) return prepared;
  const { workload, ...limits } = prepared;
  let firstCallMs: number | undefined;
  return {
    ...limits,
    async check() {
      const checked = await process.ask({ do: 'check', workload });
      firstCallMs = checked.firstCallMs;
      return checked.values;
    },
    run: async (runs) => (await process.ask({ do: 'run', workload, runs })).elapsedMs,
    firstCallMs: () => firstCallMs,
    dispose() {
      // A process that is gone has nothing to release
      if (process.isAlive) process.ask({ do: 'release', workload }).catch(() => {});
    },
  };
}

/** One line. */
function reasonOf(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  return message.split('\n', 1)[0] as string;
}
