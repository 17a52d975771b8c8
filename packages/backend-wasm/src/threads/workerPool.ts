import { PolyneuronError } from '@polyneuron/graph';
import { type Reply, startWorker, type WorkerHandle } from './workers.js';

/** What a worker must have to take part: the same module over the same memory. */
export interface SharedCode {
  readonly id: number;
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
}

/** A worker ended in the middle of a job. */
export class WorkerLostError extends PolyneuronError {
  constructor(reason: string) {
    super('WorkerLostError', {
      subject: "a worker of backend 'wasm'",
      expected: 'to finish its part',
      received: reason,
      fix: 'write the state again before going on: the step that ran is incomplete. New workers start by themselves',
    });
  }
}

/** A range check of generated code failed in a worker. */
export class WorkerTrap extends Error {}

/** Dropped modules after which workers are replaced. */
const dropLimit = 32;

/** Workers that started together and end together, and what they have loaded. */
interface Crew {
  readonly handles: WorkerHandle[];
  readonly loaded: Set<number>;
  /** Modules dropped since the start. */
  drops: number;
  /** Set when one of them is gone: the crew is of no more use. */
  lost: Error | undefined;
}

/**
 * Threads that run scans together. The calling thread only waits for their messages, so a worker that dies is an
 * error and never a hang; workers that wait for work do not keep a finished process alive.
 */
export class WorkerPool {
  readonly threads: number;
  private readonly scriptUrl: string | URL | undefined;
  private crew: Crew | undefined;
  private current:
    | { readonly job: number; pending: number; fail(error: Error): void; done(): void }
    | undefined;
  private queue: Promise<unknown> = Promise.resolve();
  private jobs = 0;

  constructor(threads: number, scriptUrl?: string | URL) {
    this.threads = threads;
    this.scriptUrl = scriptUrl;
  }

  /** Calls `scan(...numbers)` of a module on all threads; one job at a time. */
  scan(code: SharedCode, numbers: readonly number[]): Promise<void> {
    const turn = this.queue.then(() => this.perform(code, numbers));
    this.queue = turn.catch(() => {});
    return turn;
  }

  /** Forgets a module. */
  drop(id: number): void {
    const { crew } = this;
    if (!crew?.loaded.delete(id)) return;
    for (const worker of crew.handles) worker.post({ kind: 'drop', id });
    crew.drops++;
    // Workers allocate too little to collect garbage, so modules that they dropped would stay: new workers have none
    if (crew.drops >= dropLimit && !this.current) this.endCrew(crew, new WorkerLostError('it was replaced'));
  }

  dispose(): void {
    if (this.crew) this.endCrew(this.crew, new WorkerLostError('the backend was disposed'));
  }

  private async perform({ id, module, memory }: SharedCode, numbers: readonly number[]): Promise<void> {
    this.crew ??= await this.startCrew();
    const { crew } = this;
    const { handles } = crew;
    if (!crew.loaded.has(id)) {
      handles.forEach((worker, thread) =>
        worker.post({ kind: 'load', id, module, memory, thread, threads: this.threads }),
      );
      crew.loaded.add(id);
    }
    const job = ++this.jobs;
    for (const worker of handles) worker.hold(true);
    try {
      await new Promise<void>((done, fail) => {
        this.current = { job, pending: handles.length, fail, done };
        for (const worker of handles) worker.post({ kind: 'scan', id, job, numbers });
      });
    } finally {
      this.current = undefined;
      for (const worker of handles) worker.hold(false);
    }
  }

  private async startCrew(): Promise<Crew> {
    const crew: Crew = { handles: [], loaded: new Set(), drops: 0, lost: undefined };
    const events = {
      onReply: ({ job, message, isTrap }: Reply) => {
        const { current } = this;
        if (current?.job !== job) return;
        // The others wait in a barrier for a thread that failed: end them
        if (message !== undefined)
          this.endCrew(crew, isTrap ? new WorkerTrap(message) : new WorkerLostError(message));
        else if (--current.pending === 0) current.done();
      },
      onLost: (reason: string) => this.endCrew(crew, new WorkerLostError(reason)),
    };
    crew.handles.push(
      ...(await Promise.all(Array.from({ length: this.threads }, () => startWorker(events, this.scriptUrl)))),
    );
    if (crew.lost) {
      // One was gone before all were there
      for (const handle of crew.handles) handle.terminate();
      throw crew.lost;
    }
    return crew;
  }

  /** Ends all workers and fails the job in progress; the next job starts new ones. */
  private endCrew(crew: Crew, error: Error): void {
    if (crew.lost) return;
    crew.lost = error;
    for (const handle of crew.handles) handle.terminate();
    if (this.crew !== crew) return;
    this.crew = undefined;
    this.current?.fail(error);
  }
}
