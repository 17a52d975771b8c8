import { join } from 'node:path';
import { parseLabelledImages } from '../formats/labelledImages.js';
import { splitInOrder } from '../split.js';
import type { LoadedSplits, Split } from '../types.js';
import { listDirectory, missingFilesError } from './findFiles.js';
import { readIdxFile } from './readIdxFile.js';

/** Share of the images that trains where a directory has only one of the two pairs. */
const trainShare = 0.8;

const parts = { train: 'train', test: 't10k' } as const;
type Part = keyof typeof parts;
type Pair = Record<'images' | 'labels', string>;

/**
 * Reads a directory in the four-file layout of MNIST: train and t10k, images and labels, `-idx3-ubyte` or
 * `.idx3-ubyte`, with or without `.gz`. Where there is only one pair, it is split in file order, four fifths for
 * training, and the provenance says so.
 *
 * Shapes   x [count, 28, 28, 1] in [0, 1], y [count, 1], ids 0 to 9
 * Throws   DatasetError: MissingFiles with the names looked for, BadFile for anything wrong inside
 */
export async function readImageDirectory(dataset: string, directory: string): Promise<LoadedSplits> {
  const present = await listDirectory(dataset, directory);
  const pairs = { train: findPair(present, 'train'), test: findPair(present, 'test') };
  const missing = { ...missingOf(pairs.train, 'train'), ...missingOf(pairs.test, 'test') };
  // A pair that is absent as a whole may be fine; half a pair, or neither pair, is not.
  const half = Object.values(pairs).some((pair) => Object.keys(pair).length === 1);
  if (half || Object.keys(missing).length === 4) throw missingFilesError(dataset, directory, missing);

  if (isWhole(pairs.train) && isWhole(pairs.test)) {
    const train = await readPair(directory, pairs.train);
    const test = await readPair(directory, pairs.test);
    const files = [...Object.values(pairs.train), ...Object.values(pairs.test)];
    return { train, test, provenance: `read from ${directory}: ${files.join(', ')}` };
  }
  const only = (isWhole(pairs.train) ? pairs.train : pairs.test) as Pair;
  const all = await readPair(directory, only);
  const { train, test } = splitInOrder(all, Math.round(all.count * trainShare));
  return {
    train,
    test,
    provenance: `read from ${directory}: only ${Object.values(only).join(', ')}, split in file order ${train.count}/${test.count}`,
  };
}

function findPair(present: ReadonlySet<string>, part: Part): Partial<Pair> {
  const pair: Partial<Pair> = {};
  for (const what of ['images', 'labels'] as const) {
    const found = candidates(part, what).find((name) => present.has(name));
    if (found) pair[what] = found;
  }
  return pair;
}

function missingOf(pair: Partial<Pair>, part: Part): Record<string, string[]> {
  const missing = (['images', 'labels'] as const).filter((what) => !pair[what]);
  return Object.fromEntries(missing.map((what) => [`${part} ${what}`, candidates(part, what)]));
}

/** Spellings of a file's name, the uncompressed first. */
function candidates(part: Part, what: keyof Pair): string[] {
  const ending = what === 'images' ? 'idx3-ubyte' : 'idx1-ubyte';
  const names = [`${parts[part]}-${what}-${ending}`, `${parts[part]}-${what}.${ending}`];
  return names.flatMap((name) => [name, `${name}.gz`]);
}

function isWhole(pair: Partial<Pair>): pair is Pair {
  return pair.images !== undefined && pair.labels !== undefined;
}

async function readPair(directory: string, { images, labels }: Pair): Promise<Split> {
  const [imagesFile, labelsFile] = [join(directory, images), join(directory, labels)];
  return parseLabelledImages(await readIdxFile(imagesFile), await readIdxFile(labelsFile), {
    classes: 10,
    imageSize: [28, 28],
    imagesFile,
    labelsFile,
  });
}
