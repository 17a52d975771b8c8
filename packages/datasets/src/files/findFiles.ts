import { readdir } from 'node:fs/promises';
import { DatasetError } from '../errors.js';

/** Names of the files in a directory of a data set; a directory that is not there is an error with the remedy. */
export async function listDirectory(dataset: string, directory: string): Promise<Set<string>> {
  try {
    return new Set(await readdir(directory));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new DatasetError({
      code: 'MissingFiles',
      subject: dataset,
      expected: `a directory ${directory}`,
      received: code === 'ENOENT' ? 'no such directory' : (code ?? String(cause)),
      fix: remedy(dataset),
      cause,
    });
  }
}

/** Error for files that are not in the directory, each with the other names that were looked for. */
export function missingFilesError(
  dataset: string,
  directory: string,
  missing: Readonly<Record<string, readonly string[]>>,
): DatasetError {
  return new DatasetError({
    code: 'MissingFiles',
    subject: dataset,
    expected: `${Object.keys(missing).join(', ')} in ${directory}`,
    received: 'no such file',
    details: Object.fromEntries(
      Object.entries(missing).flatMap(([what, names]) =>
        names.length > 0 ? [[what, names.join(' | ')]] : [],
      ),
    ),
    fix: remedy(dataset),
  });
}

function remedy(dataset: string): string {
  return `fetch it with downloadDataset('${dataset}') or 'polyneuron datasets download ${dataset}', or name the directory of the files`;
}
