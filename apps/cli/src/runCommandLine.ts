import { CommanderError } from 'commander';
import { createContext } from './commandContext.js';
import { createProgram } from './createProgram.js';
import { exitCodes } from './exitCodes.js';
import { exitCodeOf, formatFailure, fromCommander } from './failure.js';

/** Codes under which commander ends a run that went well: --help and --version. */
const politeEndings: ReadonlySet<string> = new Set([
  'commander.help',
  'commander.helpDisplayed',
  'commander.version',
]);

/**
 * Runs one command line and gives its exit code. Failures go to standard error in the house form, without a stack
 * unless `--debug` asks for it.
 */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  const context = createContext();
  const program = createProgram(context);
  try {
    await program.parseAsync(argv.length === 0 ? ['--help'] : [...argv], { from: 'user' });
    return exitCodes.success.code;
  } catch (cause) {
    if (cause instanceof CommanderError && politeEndings.has(cause.code)) return exitCodes.success.code;
    context.progress.end();
    const failure = cause instanceof CommanderError ? fromCommander(cause, argv) : cause;
    process.stderr.write(`${formatFailure(failure, argv.includes('--debug'))}\n`);
    return exitCodeOf(failure);
  } finally {
    context.interruption.dispose();
  }
}
