import { join } from 'node:path';
import { closestName } from '../closestName.js';
import { DatasetError } from '../errors.js';
import { datasetDirectory } from '../files/cacheDirectory.js';
import type { FileDatasetName } from '../files/fileDatasets.js';
import { type DownloadedFile, downloadFile } from './downloadFile.js';
import { type DownloadSource, downloadSources } from './sources.js';
import type { DownloadProgress } from './transfer.js';
import { unpackCifar10 } from './unpackCifar10.js';

export interface DownloadDatasetOptions {
  /** Where the files go; by default the cache, where `loadDataset` looks. */
  readonly directory?: string;
  /** Address of a mirror with the same file names. The checksums stay the same. */
  readonly baseUrl?: string;
  readonly onProgress?: (progress: DownloadProgress) => void;
  readonly signal?: AbortSignal;
}

/** A set that is ready for `loadDatasetFromDirectory`. */
export interface DownloadedDataset {
  readonly name: FileDatasetName;
  readonly directory: string;
  readonly files: readonly DownloadedFile[];
}

/**
 * Downloads a file-backed set, one file after the other, each as `downloadFile` does. The archive of CIFAR-10 is also
 * unpacked; it stays beside its files, so that a second call needs no download.
 *
 * Throws   DatasetError: UnknownDataset, BadOption on a baseUrl that is no address, and all that `downloadFile` throws
 *
 * @example
 * const { directory } = await downloadDataset('mnist');
 * const { train } = await loadDataset('mnist', { directory });
 */
export async function downloadDataset(
  name: FileDatasetName,
  options: DownloadDatasetOptions = {},
): Promise<DownloadedDataset> {
  if (!Object.hasOwn(downloadSources, name)) throw unknownError(name);
  const directory = options.directory || datasetDirectory(name);
  const files = await downloadSource(downloadSources[name], directory, options);
  if (name === 'cifar10') await unpackCifar10(files[0].path, directory);
  return { name, directory, files };
}

/** Downloads every file of a source into a directory. */
export async function downloadSource(
  source: DownloadSource,
  directory: string,
  { baseUrl = source.baseUrl, onProgress, signal }: DownloadDatasetOptions,
): Promise<DownloadedFile[]> {
  const base = baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`;
  if (!URL.canParse(base)) {
    throw new DatasetError({
      code: 'BadOption',
      subject: 'downloadDataset',
      expected: 'baseUrl to be an address',
      received: `'${baseUrl}'`,
      fix: "pass a whole one, such as 'https://example.org/mnist/'",
    });
  }
  const files: DownloadedFile[] = [];
  for (const { name, sha256 } of source.files) {
    const url = new URL(name, base).href;
    const to = join(directory, name);
    files.push(
      await downloadFile({
        url,
        to,
        ...(sha256 && { sha256 }),
        ...(onProgress && { onProgress }),
        ...(signal && { signal }),
      }),
    );
  }
  return files;
}

function unknownError(name: string): DatasetError {
  const names = Object.keys(downloadSources);
  const closest = closestName(name, names);
  return new DatasetError({
    code: 'UnknownDataset',
    subject: 'downloadDataset',
    expected: `one of ${names.join(', ')}`,
    received: `'${name}'`,
    fix: closest ? `did you mean '${closest}'?` : 'generated sets need no download: use loadDataset',
  });
}
