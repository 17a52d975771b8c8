/** @file What was read off a trained model: plain data, part of `results.json` and of `compare --json`. */
import type { Polynomial } from '@polyneuron/analysis';

export interface ModelReading {
  readonly polynomial: PolynomialReading | Unread;
  readonly interactions: InteractionReading | Unread;
}

/** Terms of the first output with a coefficient above the tolerance, highest degree first. */
export interface PolynomialReading extends Polynomial {
  /** Without the terms under a thousandth of the largest coefficient: 'x0^2 + x0 x1 + 0.5'. */
  readonly text: string;
  /** Of all terms. */
  readonly degree: number;
  /** Of all terms. */
  readonly termCount: number;
  /** Terms with |coefficient| up to this are not listed. */
  readonly tolerance: number;
}

export interface InteractionReading {
  readonly names: readonly string[];
  /** values[i][j] = values[j][i]: root of the mean of (∂²y/∂x_i ∂x_j)² over samples and outputs. */
  readonly values: readonly (readonly number[])[];
  readonly statistic: 'rms';
  /** The same at every sample: the model has degree 2 or less. */
  readonly isInputIndependent: boolean;
}

/** Why there is nothing to read: 'no polynomial: tanh of a polynomial of degree 1 in dense_1 (Dense)'. */
export interface Unread {
  readonly reason: string;
}

export const isRead = <T extends object>(reading: T | Unread | undefined): reading is T =>
  reading !== undefined && !('reason' in reading);
