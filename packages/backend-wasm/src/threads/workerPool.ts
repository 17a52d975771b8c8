import { PolyneuronError } from '@polyneuron/graph';
import { startWorker, type WorkerHandle } from './workers.js';

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

/**
 * Threads that run scans together. The calling thread only waits for their messages, so a worker that dies is an
 * error and never a hang; workers that wait for work do not keep a finished process alive.
 */
export class WorkerPool {
  readonly threads: number;
  private workers: Promise<WorkerHandle[]> | undefined;
  private readonly loaded = new Set<number>();
  private current:
    | { readonly job: number; pending: number; fail(error: Error): void; done(): void }
    | undefined;
  private queue: Promise<unknown> = Promise.resolve();
  private jobs = 0;

  constructor(threads: number) {
    this.threads = threads;
  }

  /** Calls `scan(...numbers)` of a module on all threads; one job at a time. */
  scan(code: SharedCode, numbers: readonly number[]): Promise<void> {
    const turn = this.queue.then(() => this.perform(code, numbers));
    this.queue = turn.catch(() => {});
    return turn;
  }

  /** Forgets a module. */
  drop(id: number): void {
    if (!this.loaded.delete(id)) return;
    void this.workers?.then((workers) => {
      for (const worker of workers) worker.post({ kind: 'drop', id });
    });
  }

  dispose(): void {
    this.reset('the backend was disposed');
  }

  private async perform({ id, module, memory }: SharedCode, numbers: readonly number[]): Promise<void> {
    this.workers ??= this.start();
    const workers = await this.workers;
    if (!this.loaded.has(id)) {
      workers.forEach((worker, thread) =>
        worker.post({ kind: 'load', id, module, memory, thread, threads: this.threads }),
      );
      this.loaded.add(id);
    }
    const job = ++this.jobs;
    for (const worker of workers) worker.hold(true);
    try {
      await new Promise<void>((done, fail) => {
        this.current = { job, pending: workers.length, fail, done };
        for (const worker of workers) worker.post({ kind: 'scan', id, job, numbers });
      });
    } finally {
      this.current = undefined;
      for (const worker of workers) worker.hold(false);
    }
  }

  private start(): Promise<WorkerHandle[]> {
    const events = {
      onReply: ({ job, message, isTrap }: { job: number; message?: string; isTrap?: boolean }) => {
        const { current } = this;
        if (current?.job !== job) return;
        if (message !== undefined) {
          // The others wait for this thread in a barrier: end them
          this.reset(message, isTrap ? new WorkerTrap(message) : undefined);
        } else if (--current.pending === 0) current.done();
      },
      onLost: (reason: string) => this.reset(reason),
    };
    return Promise.all(Array.from({ length: this.threads }, () => startWorker(events)));
  }

  /** Ends all workers and fails the job in progress; the next job starts new ones. */
  private reset(reason: string, error: Error = new WorkerLostError(reason)): void {
    const { workers, current } = this;
    this.workers = undefined;
    this.loaded.clear();
    void workers?.then((handles) => {
      for (const handle of handles) handle.terminate();
    });
    current?.fail(error);
  }
}
