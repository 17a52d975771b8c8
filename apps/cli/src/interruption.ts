import { exitCodes } from './exitCodes.js';

/** What Ctrl-C and a polite kill do while a command runs. */
export interface Interruption {
  /** Runs a job that must not be cut in two, such as writing a model: an interrupt waits until it ends. */
  protect<T>(job: () => Promise<T>): Promise<T>;
  /** Aborted by the first interrupt: long waits (downloads) end early. */
  readonly signal: AbortSignal;
  /** Takes the handlers away again. */
  dispose(): void;
}

/**
 * Ends the process on SIGINT (exit 130) and SIGTERM (exit 143). Nothing of ours is half-written at that moment: files
 * are written synchronously or under `protect`, to temporary names, and renamed. `beforeExit` tidies the terminal.
 */
export function handleInterrupts(stderr: NodeJS.WritableStream, beforeExit: () => void): Interruption {
  const controller = new AbortController();
  let depth = 0;
  let pending: (() => never) | undefined;
  const interrupt = (code: number) => () => {
    const leave = (): never => {
      beforeExit();
      stderr.write('\ninterrupted: stopped, nothing was half-written\n');
      process.exit(code);
    };
    controller.abort();
    if (depth > 0) pending = leave;
    else leave();
  };
  const handlers = {
    SIGINT: interrupt(exitCodes.interrupted.code),
    SIGTERM: interrupt(143),
  };
  for (const [name, handler] of Object.entries(handlers)) process.on(name as keyof typeof handlers, handler);
  return {
    signal: controller.signal,
    async protect(job) {
      depth++;
      try {
        return await job();
      } finally {
        depth--;
        if (depth === 0) pending?.();
      }
    },
    dispose() {
      for (const [name, handler] of Object.entries(handlers)) process.off(name, handler);
    },
  };
}
