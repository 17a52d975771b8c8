import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { makeDirectory } from './makeDirectory.js';
import { codeOf, unwritable } from './requireWritable.js';

/** Files by name inside one directory. */
export type FileContents = Readonly<Record<string, string | Uint8Array>>;

/**
 * Writes several files of one directory so that each is whole or absent: every content goes to a temporary name in the
 * same directory first, and only when all are on the disk are they renamed. Synchronous, so no signal handler runs in
 * between. A link is followed, so that it stays; a device or pipe is written to, where a rename would take its place.
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
      const named = join(directory, name);
      if (isSpecial(named)) {
        writeFileSync(named, content);
        continue;
      }
      const target = existsSync(named) ? realpathSync(named) : named;
      const path = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
      temporary.set(path, target);
      writeAndSync(path, content);
    }
    for (const [from, to] of temporary) renameSync(from, to);
  } catch (cause) {
    for (const path of temporary.keys()) rmSync(path, { force: true });
    throw unwritable(directory, option, `an error of the file system (${codeOf(cause)})`, value);
  }
}

/** Whether a name stands for a device, a pipe or a socket: /dev/null, /dev/stdout. */
export function isSpecial(path: string): boolean {
  if (!existsSync(path)) return false;
  const there = statSync(path);
  return !there.isFile() && !there.isDirectory();
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
