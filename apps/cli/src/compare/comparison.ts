/** @file What a comparison hands back: the schema of `--json`, and what the page shows. */
import type { InteractionReading, PolynomialReading, Unread } from '@polyneuron/experiments';
import type { Measure } from './matchBudget.js';
import type { SeedSummary } from './summarizeSeeds.js';

export interface ComparedContender {
  readonly name: string;
  /** In the grammar of `--layers`. */
  readonly layers: string;
  readonly size: number | null;
  readonly sizeName: string;
  readonly parameters: number;
  /** Of a forward pass, per sample. */
  readonly flops: number;
  /** (what it has − budget) / budget. */
  readonly residue: number;
  /** The rate that did best on held-out training samples. */
  readonly learningRate: number;
  readonly rates: readonly { readonly learningRate: number; readonly validationLoss: number }[];
  /** On the test set, after the last epoch, by metric. */
  readonly test: Readonly<Record<string, SeedSummary>>;
  /** Difference of the first metric from the first contender's, seed by seed; null for that one. */
  readonly difference: SeedSummary | null;
  /** Wall time of one training. */
  readonly seconds: SeedSummary;
  /** Loss on the test set after each epoch, a list per seed. */
  readonly curves: readonly (readonly number[])[];
  /**
   * What the model of the first seed computes, in the inputs and targets that it was trained on. Absent where inputs are
   * not vectors of at most 16 features, and where that training diverged.
   */
  readonly polynomial?: PolynomialReading | Unread;
  readonly interactions?: InteractionReading | Unread;
}

export interface Comparison {
  readonly version: 1;
  readonly task: string;
  readonly provenance: string;
  readonly measure: Measure;
  readonly budget: number;
  readonly seeds: readonly number[];
  readonly epochs: number;
  readonly batchSize: number;
  readonly optimizer: string;
  readonly loss: string;
  /** The metric that contenders are ranked by, and which way is better. */
  readonly metric: { readonly name: string; readonly isHigherBetter: boolean };
  /** Whether inputs, and targets of a regression, were scaled to mean 0 and variance 1. Metrics are in original units. */
  readonly isStandardized: boolean;
  readonly device: string;
  readonly contenders: readonly ComparedContender[];
}
