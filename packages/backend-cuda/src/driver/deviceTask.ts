/**
 * @file Work on the device that JavaScript waits for without blocking.
 *
 * A task is a generator: it queues work, yields where the device must be idle before it can go on, and returns its
 * result. Waiting asks the stream (cuStreamQuery) between turns of the event loop. koffi's worker threads cannot wait
 * for us: a CUDA context is current on the thread of the backend alone.
 *
 * Tasks of one executable run in the order in which they were started. Starting one ends those before it first,
 * waiting for the device in place, so that no task sees the memory of another.
 */
import { setImmediate, setTimeout } from 'node:timers/promises';

export type DeviceTask<T> = Generator<undefined, T, undefined>;

/** The device as tasks see it. */
export interface Waiting {
  isIdle(): boolean;
  synchronize(): void;
}

/** Turns of the event loop that only ask; longer work is asked about once per millisecond, to leave the core to others. */
const eagerTurns = 1000;

/** The tasks of one executable. */
export class TaskQueue {
  readonly #waiting: Waiting;
  /** Ends the task that runs, waiting in place; its error belongs to whoever started it. */
  #finish: (() => void) | undefined;

  constructor(waiting: Waiting) {
    this.#waiting = waiting;
  }

  /** Ends what runs, waiting for the device in place. */
  drain(): void {
    this.#finish?.();
    this.#finish = undefined;
  }

  /** Runs a task to its end, waiting in place. */
  runSync<T>(task: DeviceTask<T>): T {
    this.drain();
    return this.#toEnd(task);
  }

  /** Starts a task at once, and lets the event loop turn while the device works. */
  async run<T>(task: DeviceTask<T>): Promise<T> {
    this.drain();
    const state: { outcome?: Outcome<T> } = {};
    const settle = (work: () => Outcome<T> | undefined): void => {
      if (state.outcome) return;
      try {
        state.outcome = work();
      } catch (error) {
        state.outcome = { error };
      }
    };
    const finish = () =>
      settle(() => {
        this.#waiting.synchronize();
        return { result: this.#toEnd(task) };
      });
    this.#finish = finish;
    let isWaiting = false;
    for (let turns = 0; !state.outcome; turns++) {
      settle(() => {
        if (isWaiting && !this.#waiting.isIdle()) return undefined;
        const { done, value } = task.next();
        isWaiting = true;
        turns = 0;
        return done ? { result: value } : undefined;
      });
      if (!state.outcome) await (turns < eagerTurns ? setImmediate() : setTimeout(1));
    }
    if (this.#finish === finish) this.#finish = undefined;
    if ('error' in state.outcome) throw state.outcome.error;
    return state.outcome.result;
  }

  #toEnd<T>(task: DeviceTask<T>): T {
    for (;;) {
      const { done, value } = task.next();
      if (done) return value;
      this.#waiting.synchronize();
    }
  }
}

type Outcome<T> = { readonly result: T } | { readonly error: unknown };
