import type { Dataset } from '../types.js';
import { generatedDatasets } from './datasets.js';
import { loadFrom, type OptionsOf } from './loadFrom.js';

export type GeneratedDatasetName = keyof typeof generatedDatasets;

const hint =
  " Sets read from files (mnist, fashion-mnist, cifar10) need loadDataset of '@polyneuron/datasets/node'.";

/**
 * Generates a data set by name, with the options of its record in `datasets`.
 *
 * Throws   DatasetError: UnknownDataset with the nearest name, BadOption with every wrong option
 *
 * @example
 * const { train, test } = await loadDataset('two-spirals', { trainCount: 400, noise: 0 });
 */
export function loadDataset<N extends GeneratedDatasetName | (string & {})>(
  name: N,
  options?: OptionsOf<typeof generatedDatasets, N>,
): Promise<Dataset> {
  return loadFrom(generatedDatasets, name, options ?? {}, hint);
}
