/** @file What the experiments page and its worker say to each other. The page cancels a run by ending the worker. */
import type { ExperimentVerdict, JudgedClaim } from '@polyneuron/experiments';

export type ImageSetName = 'mnist' | 'fashion-mnist';

export interface ExperimentPlan {
  readonly id: string;
  /** Seeds 0, 1, ... are run one after the other. */
  readonly seeds: number;
  /** The document's own sizes. */
  readonly isFull: boolean;
  /** Image files that the visitor chose; without them glyphs are drawn by a program. */
  readonly images?: { readonly name: ImageSetName; readonly files: readonly File[] };
}

export interface ToExperiment {
  readonly kind: 'run';
  readonly plan: ExperimentPlan;
}

export type FromExperiment =
  | {
      readonly kind: 'progress';
      readonly seed: number;
      /** The contender that trains. */
      readonly label: string;
      readonly done: number;
      readonly total: number;
      readonly note: string;
    }
  /** After each seed, the last one too. */
  | { readonly kind: 'judged'; readonly outcome: Outcome }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly text: string };

/** What is known after some seeds. */
export interface Outcome {
  readonly seeds: number;
  readonly secondsPerSeed: number;
  readonly verdict: ExperimentVerdict;
  readonly claims: readonly JudgedClaim[];
  /** The contenders of the last seed, claims or not. */
  readonly contenders: readonly {
    readonly name: string;
    readonly parameters: number;
    readonly seconds: number;
    readonly test: Readonly<Record<string, number>>;
  }[];
  readonly dataset: string;
  readonly backend: string;
  /** Everything as JSON, for the download. */
  readonly json: string;
}
