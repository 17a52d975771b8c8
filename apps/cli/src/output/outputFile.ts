/** @file One file that a user named, written whole or not at all. */
import { existsSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { OutputError } from '../errors.js';
import { requireWritable } from './requireWritable.js';
import { isSpecial, writeAtomically } from './writeAtomically.js';

const value = 'DIR/FILE';

/**
 * Finds out, before the work, whether a file can be written or replaced. Creates nothing.
 *
 * Throws   OutputError where a directory has its name, or its directory may not be written
 */
export function requireWritableFile(path: string, option: string): void {
  const wanted = resolve(path);
  if (existsSync(wanted) && statSync(wanted).isDirectory()) {
    throw new OutputError({
      subject: option,
      expected: 'the name of a file',
      received: `'${path}', which is a directory`,
      fix: `name a file in it: ${option} ${value}`,
    });
  }
  // The directory of a device takes no other files, and need not
  if (!isSpecial(wanted)) requireWritable(dirname(wanted), option, value);
}

/** Throws   OutputError; what was there before is then untouched */
export function writeFileAtomically(path: string, content: string, option: string): void {
  const wanted = resolve(path);
  writeAtomically(dirname(wanted), { [basename(wanted)]: content }, option, value);
}
