import { type Dataset, loadDataset, type Split, sliceSplit } from '@polyneuron/datasets';
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
  /** Of the set: 'synthetic-glyphs' are drawn by a program. */
  readonly name: string;
  readonly isSynthetic: boolean;
}

/** Where real images come from: files of a directory, files that a visitor chose. */
export interface ImageSource {
  /** The set that the document used, or any other rather than none. */
  load(wanted: ImageSet): Promise<Dataset>;
}

/**
 * The images of an experiment: real ones from its source, or the drawn ones of `synthetic-glyphs`. At most `counts`
 * images are used unless the run is full.
 *
 * Throws   DatasetError as the source does
 */
export async function loadImages(
  { images, isFull, seed }: ExperimentContext,
  wanted: ImageSet,
  counts: { readonly usual: ImageCounts; readonly full: ImageCounts },
): Promise<Images> {
  const limit = isFull ? counts.full : counts.usual;
  const drawn = () =>
    loadDataset('synthetic-glyphs', { trainCount: limit.train, testCount: limit.test, seed });
  return describe(await (images ? images.load(wanted) : drawn()), limit);
}

function describe(dataset: Dataset, limit: ImageCounts): Images {
  const train = sliceSplit(dataset.train, 0, limit.train);
  const test = sliceSplit(dataset.test, 0, limit.test);
  return {
    train,
    test,
    classNames: dataset.classNames ?? [],
    description: `${dataset.name}: ${train.count} images for training, ${test.count} for the test; ${dataset.provenance}`,
    name: dataset.name,
    isSynthetic: dataset.name === 'synthetic-glyphs',
  };
}
