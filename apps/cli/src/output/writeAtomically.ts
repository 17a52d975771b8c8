import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { makeDirectory } from './makeDirectory.js';
import { codeOf, unwritable } from './requireWritable.js';

/** Files by name inside one directory. */
export type FileContents = Readonly<Record<string, string | Uint8Array>>;

/**
 * Writes several files of one directory so that each is whole or absent: every content goes to a temporary name in the
 * same directory first, and only when all are on the disk are they renamed. Synchronous, so no signal handler runs in
 * between.
 *
 * Throws   OutputError; the temporary files are gone then
 */
export function writeAtomically(
  directory: string,
  files: FileContents,
  option: string,
  value?: string,
): void {
  const temporary = new Map<string, string>();
  try {
    makeDirectory(directory);
    for (const [name, content] of Object.entries(files)) {
      const path = join(directory, `.${name}.${process.pid}.tmp`);
      temporary.set(path, join(directory, name));
      writeAndSync(path, content);
    }
    for (const [from, to] of temporary) renameSync(from, to);
  } catch (cause) {
    for (const path of temporary.keys()) rmSync(path, { force: true });
    throw unwritable(directory, option, `an error of the file system (${codeOf(cause)})`, value);
  }
}

function writeAndSync(path: string, content: string | Uint8Array): void {
  const file = openSync(path, 'w');
  try {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
