import type { Progress } from '@polyneuron/experiments';
import { handleInterrupts, type Interruption } from './interruption.js';
import { createProgress } from './terminal/progress.js';

/** What a command gets besides its options: where to write, and how to be interrupted. */
export interface CommandContext {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly progress: Progress;
  readonly interruption: Interruption;
}

/** The context of a command of this process; dispose of its interruption when the command ends. */
export function createContext(): CommandContext {
  const { stdout, stderr } = process;
  const progress = createProgress(stderr);
  return { stdout, stderr, progress, interruption: handleInterrupts(stderr, () => progress.end()) };
}

/** One text to standard output, with its line end. */
export function printText({ stdout }: CommandContext, text: string): void {
  stdout.write(`${text}\n`);
}

/** One JSON value to standard output, the only thing that `--json` prints there. */
export function printJson({ stdout }: CommandContext, value: unknown): void {
  stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
