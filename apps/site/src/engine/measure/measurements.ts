import type { PresetKey } from '../../state/presets.js';

/** What a network of a preset does from several seeds. */
export interface Figures {
  /** The network in the letters of the address: 'q1', 'd2t'. */
  readonly network: string;
  readonly parameters: number;
  readonly rate: number;
  readonly seeds: number;
  /** Seeds whose test score reached the target within the preset's steps, and their steps. */
  readonly reached: number;
  readonly medianSteps?: number;
  readonly slowestSteps?: number;
  /** Accuracy or RMSE on the test samples at the end: when the target was reached, or at the last step. */
  readonly scores: { readonly least: number; readonly median: number; readonly largest: number };
}

export interface PresetMeasurement {
  readonly preset: PresetKey;
  /** Percent; 0: none. */
  readonly target: number;
  readonly stop: number;
  /** Ours at the preset's own rate. */
  readonly ours: Figures;
  /** Dense nets at each their best rate of `rates`: most seeds that reach the target, then the best median score. */
  readonly rivals: readonly Figures[];
  readonly rates: readonly number[];
}

export interface Measurements {
  readonly machine: string;
  readonly date: string;
  readonly commit: string;
  readonly backend: string;
  readonly presets: readonly PresetMeasurement[];
}
