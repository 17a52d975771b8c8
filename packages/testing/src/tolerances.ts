/**
 * @file The one table of tolerances, by dtype and kind of operation. A test takes its bound from here, or states its
 * own error analysis beside a local one.
 *
 * u is the unit roundoff: 2^-24 for float32, 2^-53 for float64. Values are assumed to be of order 1; `rtol` covers
 * results away from 0 and `atol` results near it.
 */

/** |actual - expected| <= atol + rtol * |expected| */
export interface Tolerance {
  readonly rtol: number;
  readonly atol: number;
}

export interface DTypeTolerances {
  /** Same bits up to the sign of zero: moves, selections, integers, one correctly rounded operation. */
  readonly exact: Tolerance;
  /** A few roundings: chains of + - * / sqrt. */
  readonly elementwise: Tolerance;
  /** exp, log, tanh, erf and chains of them; covers implementations with 4 ulp per function. */
  readonly transcendental: Tolerance;
  /**
   * Sum of `depth` products. Terms of random sign: the error is a random walk over partial sums of size sqrt(k),
   * hence about 0.4 u depth, of which atol takes ten. Terms of one sign: about u sqrt(depth) relative (Higham and Mary
   * 2019), of which rtol takes four.
   */
  contraction(depth: number): Tolerance;
  /** First derivatives computed by this dtype, through one layer or loss. */
  readonly gradient: Tolerance;
  /** Derivatives of derivatives. */
  readonly secondDerivative: Tolerance;
  /** A loss or a weight after several optimizer steps: roundings are amplified by every step. */
  readonly trainingRun: Tolerance;
}

export type ToleranceDType = 'float32' | 'float64';

const exact: Tolerance = { rtol: 0, atol: 0 };

const contraction =
  (unit: number) =>
  (depth: number): Tolerance => ({ rtol: 4 * unit * (1 + Math.sqrt(depth)), atol: 4 * unit * (1 + depth) });

export const tolerances: { readonly [K in ToleranceDType]: DTypeTolerances } = {
  float32: {
    exact,
    elementwise: { rtol: 8 * 2 ** -24, atol: 8 * 2 ** -24 },
    transcendental: { rtol: 2e-6, atol: 1e-6 },
    contraction: contraction(2 ** -24),
    gradient: { rtol: 1e-4, atol: 1e-5 },
    secondDerivative: { rtol: 1e-3, atol: 1e-4 },
    trainingRun: { rtol: 1e-4, atol: 1e-6 },
  },
  float64: {
    exact,
    elementwise: { rtol: 8 * 2 ** -53, atol: 8 * 2 ** -53 },
    transcendental: { rtol: 1e-13, atol: 1e-13 },
    contraction: contraction(2 ** -53),
    gradient: { rtol: 1e-11, atol: 1e-12 },
    secondDerivative: { rtol: 1e-9, atol: 1e-10 },
    trainingRun: { rtol: 1e-9, atol: 1e-12 },
  },
};

/**
 * Bound for an exact derivative against central differences in float64: with step h = 2^-17 of a smooth function of
 * order 1, truncation is h² ≈ 6e-11 times the third derivative and rounding u/h ≈ 1.5e-11, both amplified by the norm
 * of the direction.
 */
export const finiteDifferenceTolerance: Tolerance = { rtol: 1e-6, atol: 1e-7 };
