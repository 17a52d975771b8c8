import { readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { type Dataset, loadDataset, type Split, sliceSplit } from '@polyneuron/datasets/node';
import type { ExperimentContext } from './experimentSpec.js';

export type ImageSet = 'mnist' | 'fashion-mnist';

export interface ImageCounts {
  readonly train: number;
  readonly test: number;
}

export interface Images {
  readonly train: Split;
  readonly test: Split;
  readonly classNames: readonly string[];
  /** What the images are and where they come from, for the report. */
  readonly description: string;
  readonly isSynthetic: boolean;
}

/**
 * The images of an experiment: real ones from `--data-dir`, or the drawn ones of `synthetic-glyphs`.
 *
 * DIR holds IDX files itself, or in folders whose names begin with `mnist` or `fashion-mnist`; the folder of the set
 * that the document used is preferred, any other is taken rather than none. At most `counts` images are used unless
 * the run is full.
 *
 * Throws   DatasetError: MissingFiles, BadFile
 */
export async function loadImages(
  { dataDirectory, isFull, seed }: ExperimentContext,
  wanted: ImageSet,
  counts: { readonly usual: ImageCounts; readonly full: ImageCounts },
): Promise<Images> {
  const limit = isFull ? counts.full : counts.usual;
  if (dataDirectory === undefined) {
    return describe(
      await loadDataset('synthetic-glyphs', { trainCount: limit.train, testCount: limit.test, seed }),
      limit,
    );
  }
  const { name, directory } = findSet(dataDirectory, wanted);
  return describe(await loadDataset(name, { directory }), limit);
}

function describe(dataset: Dataset, limit: ImageCounts): Images {
  const train = sliceSplit(dataset.train, 0, limit.train);
  const test = sliceSplit(dataset.test, 0, limit.test);
  return {
    train,
    test,
    classNames: dataset.classNames ?? [],
    description: `${dataset.name}: ${train.count} images for training, ${test.count} for the test; ${dataset.provenance}`,
    isSynthetic: dataset.name === 'synthetic-glyphs',
  };
}

/** The directory to read and the set to read it as. */
function findSet(root: string, wanted: ImageSet): { readonly name: ImageSet; readonly directory: string } {
  const other: ImageSet = wanted === 'mnist' ? 'fashion-mnist' : 'mnist';
  for (const name of [wanted, other]) {
    const folder = foldersOf(root).find((entry) => entry.startsWith(name));
    if (folder !== undefined) return { name, directory: join(root, folder) };
  }
  // IDX files do not say what they show: the directory's name does, or the document's set is assumed.
  const isOther = basename(resolve(root)).startsWith(other);
  return { name: isOther ? other : wanted, directory: root };
}

function foldersOf(root: string): string[] {
  try {
    return readdirSync(root)
      .filter((entry) => statSync(join(root, entry)).isDirectory())
      .sort();
  } catch {
    // The loader says what is wrong with the directory.
    return [];
  }
}
