import { readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { loadDataset } from '@polyneuron/datasets/node';
import type { ImageSet, ImageSource } from './images.js';

/**
 * Images in IDX files of a directory.
 *
 * It holds the files itself, or in folders whose names begin with `mnist` or `fashion-mnist`; the folder of the set that
 * is wanted is preferred, any other is taken rather than none.
 *
 * Throws   DatasetError: MissingFiles, BadFile
 */
export function imageDirectory(root: string): ImageSource {
  return {
    async load(wanted) {
      const { name, directory } = findSet(root, wanted);
      return loadDataset(name, { directory });
    },
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
