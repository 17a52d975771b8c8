/** @file What two reports of the same cases differ by, as plain JSON. */

import type { Unit } from '../cases/benchCase.js';
import { contenderLabel, type Runtime } from '../remote/runtime.js';

/** 'slower' and 'faster': the whole interval lies beyond the limit and beyond what the measurement itself wavers by. */
export type Change = 'slower' | 'faster' | 'no difference';

/** Changes when a field changes its meaning. */
export const comparisonVersion = 2;

export interface Comparison {
  readonly version: typeof comparisonVersion;
  readonly base: ComparedSide;
  readonly head: ComparedSide;
  /** A share of the base's time: 0.1 is 10 %. */
  readonly failOn: number;
  /** The contender that every time was divided by, where one was named. */
  readonly control?: string;
  readonly rows: readonly ComparedRow[];
  /** Results that only one side has, and why the other has none. */
  readonly onlyInBase: readonly Unmatched[];
  readonly onlyInHead: readonly Unmatched[];
  readonly warnings: readonly string[];
}

export interface ComparedSide {
  /** Reports that were put together. */
  readonly runs: number;
  /** Of the first; so are the others. */
  readonly date: string;
  readonly cpu: string;
  readonly runtime: string;
}

/** One setting of one contender on one case, on both sides. */
export interface ComparedRow {
  readonly case: string;
  readonly contender: string;
  readonly runtime?: Runtime;
  readonly threads: number;
  readonly unit: Unit;
  /** The shortest timing of a side's runs, and the median of all of them. */
  readonly baseShortest: number;
  readonly headShortest: number;
  readonly baseMedian: number;
  readonly headMedian: number;
  /**
   * Shortest time of head over that of base: above 1 is slower. With a control, the ratio of the medians of the times
   * divided by the control's.
   */
  readonly ratio: number;
  /** Bootstrap interval of it; all intervals of the comparison hold together with a probability of 95 %. */
  readonly interval: readonly [number, number];
  /** A factor of at least 1: how far the sides waver by themselves, both together. */
  readonly noise: number;
  readonly change: Change;
}

export interface Unmatched {
  readonly case: string;
  readonly contender: string;
  readonly runtime?: Runtime;
  readonly threads: number;
  readonly reason: string;
  /** Whether the other side tried and failed. */
  readonly hasFailed: boolean;
}

/** What a pipeline must stop for: cases that became slower, and contenders that compute no longer. */
export function regressionsOf({ rows, onlyInBase }: Comparison): string[] {
  return [
    ...rows
      .filter(({ change }) => change === 'slower')
      .map((row) => `${nameOf(row)}: ${row.ratio.toFixed(2)} times the time`),
    ...onlyInBase.filter(({ hasFailed }) => hasFailed).map((one) => `${nameOf(one)}: ${one.reason}`),
  ];
}

/** 'mnist-mlp, polyneuron-wasm, 2 threads'. */
export function nameOf(one: Pick<ComparedRow, 'case' | 'contender' | 'runtime' | 'threads'>): string {
  return `${one.case}, ${contenderLabel(one)}, ${one.threads} ${one.threads === 1 ? 'thread' : 'threads'}`;
}
