import type { Surroundings } from './surroundings.js';

export interface HeartbeatOptions {
  readonly surroundings: Pick<Surroundings, 'later'>;
  readonly limitMs: number;
  /** Asks the worker for something that it answers at once. */
  readonly ask: () => void;
  /** No word from the worker for the limit. */
  readonly onSilence: () => void;
}

/** Whether the worker still answers: asks, and waits for any word from it. */
export class Heartbeat {
  private readonly options: HeartbeatOptions;
  private cancel: (() => void) | undefined;

  constructor(options: HeartbeatOptions) {
    this.options = options;
  }

  /** Asks now, unless a question is open. */
  beat(): void {
    if (this.cancel) return;
    const { surroundings, limitMs, ask, onSilence } = this.options;
    ask();
    const wait = (then: () => void) => {
      this.cancel = surroundings.later(limitMs, then);
    };
    wait(() => {
      // After a pause of the page itself its timers run before the messages that wait for it
      this.cancel = surroundings.later(0, () => {
        this.cancel = undefined;
        onSilence();
      });
    });
  }

  /** The worker said something. */
  hear(): void {
    this.stop();
  }

  stop(): void {
    this.cancel?.();
    this.cancel = undefined;
  }
}
