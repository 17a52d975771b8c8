import { readFile } from 'node:fs/promises';
import { DatasetError } from '../errors.js';

/**
 * The bytes of a file of a data set.
 *
 * Throws   DatasetError (BadFile) where the file system refuses: a directory of that name, no permission
 */
export async function readBytes(path: string): Promise<Uint8Array> {
  return readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw new DatasetError({
      code: 'BadFile',
      subject: `file ${path}`,
      expected: 'a file that can be read',
      received: `an error of the file system (${cause.code ?? cause.message})`,
      fix: 'check what has this name, and its permissions',
      cause,
    });
  });
}
