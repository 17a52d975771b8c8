import { DatasetError, type DatasetErrorCode } from '@polyneuron/datasets';
import { PolyneuronError } from '@polyneuron/graph';
import type { CommanderError } from 'commander';
import { OutputError, UsageError } from './errors.js';
import { type ExitName, exitCodes } from './exitCodes.js';

/** Exit of errors by their stable code; a code that is not here is a plain failure. */
const exitByCode: Readonly<Record<string, ExitName>> = {
  UsageError: 'usage',
  ShapeError: 'usage',
  DTypeError: 'usage',
  ValueError: 'usage',
  UnsupportedModelError: 'usage',
  BackendUnavailableError: 'backendUnavailable',
  DataError: 'badData',
};

const exitByDatasetCode: Record<DatasetErrorCode, ExitName> = {
  UnknownDataset: 'usage',
  BadOption: 'usage',
  BadFile: 'badData',
  MissingFiles: 'badData',
  DownloadFailed: 'badData',
  ChecksumMismatch: 'badData',
};

export function exitCodeOf(failure: unknown): number {
  if (failure instanceof DatasetError) return exitCodes[exitByDatasetCode[failure.code]].code;
  if (failure instanceof PolyneuronError) return exitCodes[exitByCode[failure.code] ?? 'failure'].code;
  return exitCodes.failure.code;
}

/** The failure as text for standard error: `Name: message`, and the stack only where it was asked for. */
export function formatFailure(failure: unknown, isDebug: boolean): string {
  if (!(failure instanceof Error)) return `internal: ${String(failure)}`;
  if (isDebug) return failure.stack ?? String(failure);
  if (failure instanceof PolyneuronError || failure instanceof DatasetError)
    return `${failure.name}: ${failure.message}`;
  const message = failure.message.startsWith('internal:') ? failure.message : `internal: ${failure.message}`;
  return `${message}\n\nFix: run again with --debug for the stack, and report it`;
}

/** A standard output that does not take what is printed: a full disk behind it. */
export function unprintable({ code, message }: NodeJS.ErrnoException): OutputError {
  return new OutputError({
    subject: 'polyneuron',
    expected: 'a standard output that takes what it prints',
    received: `an error of the file system (${code ?? message})`,
    fix: 'make room where it is redirected to',
  });
}

/** `received` is left out where the thing is missing. */
type CommanderFields = { readonly expected: string; readonly received?: string; readonly fix: string };

/** What commander found wrong, by its code: `name` is what it quotes, `suggestion` what it thinks was meant. */
const commanderFields: Readonly<Record<string, (name: string, suggestion?: string) => CommanderFields>> = {
  'commander.unknownOption': (name, suggestion) => ({
    expected: 'a known option',
    received: `'${name}'`,
    fix: suggestion ? `did you mean '${suggestion}'?` : 'see --help for the options of this command',
  }),
  'commander.unknownCommand': (name, suggestion) => ({
    expected: 'a known command',
    received: `'${name}'`,
    fix: suggestion ? `did you mean '${suggestion}'?` : "see 'polyneuron --help' for the commands",
  }),
  'commander.missingArgument': (name) => ({
    expected: `an argument <${name}>`,
    fix: 'see --help for an example',
  }),
  'commander.optionMissingArgument': (name) => ({ expected: `a value after '${name}'`, fix: 'see --help' }),
  'commander.missingMandatoryOptionValue': (name) => ({
    expected: `the option '${name}'`,
    fix: 'see --help for an example',
  }),
  'commander.excessArguments': () => ({
    expected: 'fewer arguments',
    received: 'more',
    fix: 'see --help for what it takes',
  }),
  'commander.conflictingOption': (name) => ({
    expected: 'options that go together',
    received: `'${name}' with one that excludes it`,
    fix: 'leave one of the two out',
  }),
};

/** Commander's own error in the house form. */
export function fromCommander(cause: CommanderError, argv: readonly string[]): UsageError {
  const name = /'([^']+)'/.exec(cause.message)?.[1] ?? '';
  const suggestion = /Did you mean (?:one of )?([^?]+)\?/.exec(cause.message)?.[1];
  const {
    expected,
    received = 'none',
    fix,
  } = commanderFields[cause.code]?.(name, suggestion) ?? {
    expected: 'a valid command line',
    fix: 'see --help',
  };
  const command = argv[0] !== undefined && !argv[0].startsWith('-') && argv[0] !== name ? ` ${argv[0]}` : '';
  return new UsageError({ subject: `polyneuron${command}`, expected, received, fix });
}
