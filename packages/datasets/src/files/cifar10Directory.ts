import { join } from 'node:path';
import { parseCifar10 } from '../formats/cifar10.js';
import type { LoadedSplits, Split } from '../types.js';
import { listDirectory, missingFilesError } from './findFiles.js';
import { readBytes } from './readBytes.js';

/** Folder inside the published archive. */
export const cifar10Folder = 'cifar-10-batches-bin';

/** Files of the binary version, in the order in which they are read. */
export const cifar10Files = {
  train: ['data_batch_1.bin', 'data_batch_2.bin', 'data_batch_3.bin', 'data_batch_4.bin', 'data_batch_5.bin'],
  test: ['test_batch.bin'],
} as const;

/**
 * Reads a directory that holds the six files of CIFAR-10's binary version, or the archive's folder with them.
 *
 * Shapes   x [count, 32, 32, 3] in [0, 1], y [count, 1]
 * Throws   DatasetError: MissingFiles, BadFile
 */
export async function readCifar10Directory(directory: string): Promise<LoadedSplits> {
  const present = await listDirectory('cifar10', directory);
  const isNested = present.has(cifar10Folder);
  const folder = isNested ? join(directory, cifar10Folder) : directory;
  const files = isNested ? await listDirectory('cifar10', folder) : present;
  const missing = [...cifar10Files.train, ...cifar10Files.test].filter((name) => !files.has(name));
  if (missing.length > 0) {
    throw missingFilesError('cifar10', folder, Object.fromEntries(missing.map((name) => [name, []])));
  }
  return {
    train: await readBatches(folder, cifar10Files.train),
    test: await readBatches(folder, cifar10Files.test),
    provenance: `read from ${folder}: ${[...cifar10Files.train, ...cifar10Files.test].join(', ')}`,
  };
}

async function readBatches(folder: string, names: readonly string[]): Promise<Split> {
  const paths = names.map((name) => join(folder, name));
  const batches = await Promise.all(paths.map(async (file) => ({ file, bytes: await readBytes(file) })));
  return parseCifar10(batches);
}
