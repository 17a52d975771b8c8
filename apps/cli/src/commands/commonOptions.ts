import { type Command, Option } from 'commander';
import { UsageError } from '../errors.js';
import { describeExitCodes } from '../exitCodes.js';

export interface CommonOptions {
  readonly json?: boolean;
  readonly debug?: boolean;
}

/** `--json` as a switch, and what every command has. */
export function addCommonOptions(command: Command, examples: readonly string[]): Command {
  const json = command.option('--json', 'print JSON to standard output, and nothing else there');
  return addDebugAndExamples(json, examples);
}

/** `--debug`, the examples and the exit codes. */
export function addDebugAndExamples(command: Command, examples: readonly string[]): Command {
  const lines = examples.map((example) => `  ${example}`).join('\n');
  return command
    .addOption(new Option('--debug', 'print the stack of an error'))
    .addHelpText('after', `\nExamples:\n${lines}\n\n${describeExitCodes()}`);
}

/** Parser of an option that must be an integer in a range. */
export function integer(option: string, min: number, max: number = Number.MAX_SAFE_INTEGER) {
  return (text: string): number => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isInteger(value) && value >= min && value <= max) return value;
    const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
    throw new UsageError({
      subject: option,
      expected: `an integer ${range}`,
      received: `'${text}'`,
      fix: `pass a number: ${option} ${Math.max(min, 1)}`,
    });
  };
}

/** Parser of an option that must be a positive number. */
export function positive(option: string) {
  return (text: string): number => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value;
    throw new UsageError({
      subject: option,
      expected: 'a positive number',
      received: `'${text}'`,
      fix: `pass a number: ${option} 0.01`,
    });
  };
}

/** Parser of an option that is a share of something: '10%' or '0.1'. */
export function share(option: string) {
  return (text: string): number => {
    const [, digits, percent] = /^\s*(\d+(?:\.\d+)?)\s*(%?)\s*$/.exec(text) ?? [];
    if (digits !== undefined) return Number(digits) / (percent ? 100 : 1);
    throw new UsageError({
      subject: option,
      expected: 'a share of at least 0',
      received: `'${text}'`,
      fix: `write ${option} 10%, or 0.1`,
    });
  };
}

/** Parser of an option that is a list: 'a,b' becomes ['a', 'b'], each name once. */
export function list(option: string) {
  return (text: string): readonly string[] => {
    const names = [...new Set(text.split(',').map((name) => name.trim()))];
    if (names.every((name) => name !== '')) return names;
    throw new UsageError({
      subject: option,
      expected: 'names separated by commas',
      received: `'${text}'`,
      fix: `write ${option} a,b`,
    });
  };
}

/** Parser of an option that is a list of integers in a range. */
export function integers(option: string, min: number, max?: number) {
  const parseOne = integer(option, min, max);
  return (text: string): readonly number[] => [...new Set(text.split(',').map(parseOne))];
}

/** Parser of an option that is a list of positive numbers. */
export function positives(option: string) {
  const parseOne = positive(option);
  return (text: string): readonly number[] => [...new Set(text.split(',').map(parseOne))];
}

/** Parser of an option that may be given several times as key=value; values are read as JSON where they are JSON. */
export function keyValue(option: string) {
  return (text: string, previous: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => {
    const at = text.indexOf('=');
    if (at > 0) return { ...previous, [text.slice(0, at)]: parseValue(text.slice(at + 1)) };
    throw new UsageError({
      subject: option,
      expected: 'key=value',
      received: `'${text}'`,
      fix: `write ${option} name=value`,
    });
  };
}

/** A number, boolean, list or object where the text is JSON; the text itself where it is not. */
export function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
