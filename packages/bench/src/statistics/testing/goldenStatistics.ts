/** @file Cases of vectors/robustStatistics.json. */

export interface GoldenSummary {
  readonly kind: 'summary';
  readonly source: string;
  readonly values: number[];
  readonly quantiles: readonly { readonly p: number; readonly value: number }[];
  readonly median: number;
  readonly mad: number;
}

export interface GoldenRatio {
  readonly kind: 'ratio';
  readonly source: string;
  readonly numerator: number[];
  readonly denominator: number[];
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

export type GoldenStatistics = GoldenSummary | GoldenRatio;
