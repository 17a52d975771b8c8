/** @file What the benchmark page and its worker say to each other. */
import type { BenchReport, ProgressEvent } from '@polyneuron/bench';
import type { BenchPlan } from './plan.js';

export type ToBench =
  | { readonly kind: 'run'; readonly plan: BenchPlan }
  /** Nobody waits for results any more; answered by 'stopped'. */
  | { readonly kind: 'stop' };

export type FromBench =
  | { readonly kind: 'progress'; readonly event: ProgressEvent }
  /** The results so far. */
  | { readonly kind: 'partial'; readonly report: BenchReport }
  | { readonly kind: 'done'; readonly report: BenchReport }
  | { readonly kind: 'failed'; readonly text: string }
  /** Nothing computes in the worker: it can be ended. */
  | { readonly kind: 'stopped' };
