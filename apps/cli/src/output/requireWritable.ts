import { accessSync, constants, existsSync, rmdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { OutputError } from '../errors.js';
import { makeDirectory } from './makeDirectory.js';

/**
 * Finds out, before hours of work, whether files can be written to a directory that may not exist yet. Leaves nothing behind.
 * `value` is what the option takes, for the advice in an error.
 *
 * Throws   OutputError where the name is empty, and where the directory or its nearest existing ancestor is a file or may
 *          not be written
 */
export function requireWritable(directory: string, option: string, value = 'DIR'): void {
  if (directory === '') {
    throw new OutputError({
      subject: option,
      expected: 'a directory that can be written',
      received: 'an empty name',
      fix: `name one, '.' for this one: ${option} ${value}`,
    });
  }
  const wanted = resolve(directory);
  const existing = nearestExisting(wanted);
  if (!statSync(existing).isDirectory()) {
    throw unwritable(wanted, option, `'${existing}', which is a file`, value);
  }
  try {
    accessSync(existing, constants.W_OK | constants.X_OK);
    // Permissions are not all: some file systems take no new directory
    for (const made of makeDirectory(wanted).reverse()) rmdirSync(made);
  } catch (cause) {
    throw unwritable(wanted, option, `'${existing}', which cannot be written (${codeOf(cause)})`, value);
  }
}

export function unwritable(directory: string, option: string, received: string, value = 'DIR'): OutputError {
  return new OutputError({
    subject: option,
    expected: `a directory that can be written at '${directory}'`,
    received,
    fix: `pass another directory: ${option} ${value}`,
  });
}

export function codeOf(cause: unknown): string {
  return (cause as NodeJS.ErrnoException).code ?? String(cause);
}

function nearestExisting(path: string): string {
  let at = path;
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  return at;
}
