import type { OptionRule, OptionValue } from './options.js';

/**
 * Samples in row-major order.
 *
 * Shapes   x [count, ...inputShape], y [count, 1]
 *
 * Targets keep a last axis of one, because that is what tfjs takes for mean squared error, binary and sparse
 * categorical cross-entropy alike. Regression targets are float32; class targets are int32 ids.
 */
export interface Split<Y extends Targets = Targets> {
  readonly x: Float32Array<ArrayBuffer>;
  readonly y: Y;
  /** Includes the sample count. */
  readonly xShape: number[];
  /** Includes the sample count. */
  readonly yShape: number[];
  readonly count: number;
}

export type Targets = Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>;
export type RegressionSplit = Split<Float32Array<ArrayBuffer>>;
export type ClassificationSplit = Split<Int32Array<ArrayBuffer>>;

export type DatasetKind = 'regression' | 'classification';

/** A loaded set. */
export interface Dataset {
  readonly name: string;
  readonly kind: DatasetKind;
  readonly train: Split;
  readonly test: Split;
  /** Samples of the same law outside the range of the training inputs. */
  readonly outOfRange?: Split;
  readonly classNames?: readonly string[];
  /** Where these very numbers come from: generator, seed and options, or files and how they were split. */
  readonly provenance: string;
  /** What a generator planted, as plain JSON: coefficients, feature crosses. */
  readonly meta?: Readonly<Record<string, unknown>>;
}

/** What `load` returns: `loadDataset` adds name, kind and class names from the record. */
export type LoadedSplits = Omit<Dataset, 'name' | 'kind' | 'classNames'>;

/** Everything about one data set in one record: text, shapes, options with their defaults and limits, and the loader. */
export interface DatasetSpec<Config extends DatasetConfig = DatasetConfig> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Citation or URL. */
  readonly source: string;
  readonly kind: DatasetKind;
  readonly isSynthetic: boolean;
  /** Shape of one input sample, without the sample count. */
  inputShape(config: Config): number[];
  /** Shape of one target, without the sample count. */
  readonly targetShape: readonly number[];
  readonly classNames?: readonly string[];
  /** Every default of the set, and the only place where they are written. */
  readonly defaults: Config;
  /** What each option may be. */
  readonly options: { readonly [K in keyof Config]: OptionRule };
  load(config: Config): LoadedSplits | Promise<LoadedSplits>;
}

// An object type with these values, without asking the config's own type for an index signature.
export type DatasetConfig = Record<string, OptionValue>;
