/** @file What the benchmark page and its worker say to each other. The page stops a run by ending the worker. */
import type { BenchReport, ProgressEvent } from '@polyneuron/bench';
import type { BenchPlan } from './plan.js';

export interface ToBench {
  readonly kind: 'run';
  readonly plan: BenchPlan;
}

export type FromBench =
  | { readonly kind: 'progress'; readonly event: ProgressEvent }
  /** The results so far. */
  | { readonly kind: 'partial'; readonly report: BenchReport }
  | { readonly kind: 'done'; readonly report: BenchReport }
  | { readonly kind: 'failed'; readonly text: string };
