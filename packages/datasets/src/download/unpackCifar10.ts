import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatasetError } from '../errors.js';
import { cifar10Files, cifar10Folder } from '../files/cifar10Directory.js';
import { gunzipIfNeeded } from '../files/readIdxFile.js';
import { parseTar } from '../formats/tar.js';

/**
 * Unpacks the six binary files of the published archive, and nothing else, into the archive's folder in `directory`.
 * Each file appears under its name only when it is written to its end.
 *
 * Throws   DatasetError (BadFile): damaged gzip or tar, a file that is not in the archive
 */
export async function unpackCifar10(archive: string, directory: string): Promise<void> {
  const entries = parseTar(gunzipIfNeeded(await readFile(archive), archive), { file: archive });
  const names = [...cifar10Files.train, ...cifar10Files.test];
  const absent = names.filter((name) => !entries.has(`${cifar10Folder}/${name}`));
  if (absent.length > 0) {
    throw new DatasetError({
      code: 'BadFile',
      subject: `tar file ${archive}`,
      expected: `${absent.join(', ')} in ${cifar10Folder}`,
      received: `an archive of ${entries.size} files without them`,
      fix: 'use the binary version of CIFAR-10: delete the archive and download it again',
    });
  }
  const folder = join(directory, cifar10Folder);
  await mkdir(folder, { recursive: true });
  for (const name of names) {
    const path = join(folder, name);
    await writeFile(`${path}.part`, entries.get(`${cifar10Folder}/${name}`) as Uint8Array);
    await rename(`${path}.part`, path);
  }
}
