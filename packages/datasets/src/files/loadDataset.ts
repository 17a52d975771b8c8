import { generatedDatasets } from '../registry/datasets.js';
import { loadFrom, type OptionsOf } from '../registry/loadFrom.js';
import type { Dataset } from '../types.js';
import { type FileDatasetName, fileDatasets } from './fileDatasets.js';

/** Records of all sets, generated and read from files, by name. */
export const allDatasets = { ...generatedDatasets, ...fileDatasets } as const;

export type AnyDatasetName = keyof typeof allDatasets;

/**
 * Generates a data set, or reads it from its directory: the `loadDataset` of the main entry and the file-backed sets.
 * Nothing is downloaded: `downloadDataset` does that, when asked.
 *
 * Throws   DatasetError: UnknownDataset, BadOption, MissingFiles, BadFile
 *
 * @example
 * const { train, test } = await loadDataset('mnist', { directory: '/data/mnist' });
 */
export function loadDataset<N extends AnyDatasetName | (string & {})>(
  name: N,
  options?: OptionsOf<typeof allDatasets, N>,
): Promise<Dataset> {
  return loadFrom(allDatasets, name, options ?? {});
}

/** Reads a file-backed set from a directory. */
export function loadDatasetFromDirectory(name: FileDatasetName, directory: string): Promise<Dataset> {
  return loadFrom(fileDatasets, name, { directory });
}
