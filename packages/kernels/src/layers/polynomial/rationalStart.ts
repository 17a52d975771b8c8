import { ValueError } from '@polyneuron/graph';
import { type RationalFit, rationalFits } from './rationalTables.js';

/** How the denominator is made, in the letters of the literature; see `rationalSpec`. */
export type RationalVersion = 'a' | 'b' | 'c' | 'n';

/** What the quotient begins as: an activation of this package, fitted on [-3, 3], or x exactly. */
export type RationalStart = RationalFit['activation'] | 'identity';

export const rationalStarts: readonly RationalStart[] = [
  ...new Set(rationalFits.map(({ activation }) => activation)),
  'identity',
];

export interface RationalOptions {
  /** Highest power above the fraction bar. */
  readonly numeratorDegree: number;
  /** Highest power below it. */
  readonly denominatorDegree: number;
  readonly version: RationalVersion;
  readonly approximates: RationalStart;
}

export interface RationalCoefficients {
  /** a_0 .. a_p */
  readonly numerator: readonly number[];
  /** b_1 .. b_q, of version 'c' b_0 .. b_q */
  readonly denominator: readonly number[];
}

/** Number of coefficients of the denominator. */
export function denominatorCount({ denominatorDegree, version }: RationalOptions): number {
  return denominatorDegree + (version === 'c' ? 1 : 0);
}

/**
 * First coefficients: the fit with the most of them that the degrees have room for, and zeros above it, which leave
 * the function as it is.
 *
 * Throws   ValueError when the degrees are too small for every fit
 */
export function rationalCoefficients(options: RationalOptions): RationalCoefficients {
  const { numeratorDegree, version, approximates } = options;
  const lengths = { numerator: numeratorDegree + 1, denominator: denominatorCount(options) };
  const fit = approximates === 'identity' ? identity(version) : largestFit(options, lengths);
  const padded = (values: readonly number[], length: number) =>
    Array.from({ length }, (_, k) => values[k] ?? 0);
  return {
    numerator: padded(fit.numerator, lengths.numerator),
    denominator: padded(fit.denominator, lengths.denominator),
  };
}

/** P = x, Q = 1. */
const identity = (version: RationalVersion): RationalCoefficients => ({
  numerator: [0, 1],
  denominator: version === 'c' ? [0.9] : [],
});

function largestFit(
  { version, approximates, numeratorDegree, denominatorDegree }: RationalOptions,
  lengths: { readonly numerator: number; readonly denominator: number },
): RationalCoefficients {
  const [fit] = rationalFits
    .filter(
      (one) =>
        one.activation === approximates &&
        one.version === version &&
        one.numerator.length <= lengths.numerator &&
        one.denominator.length <= lengths.denominator,
    )
    .sort((one, other) => other.numerator.length - one.numerator.length);
  if (fit) return fit;
  throw new ValueError({
    subject: 'rational',
    expected: `degrees of at least 3 and 2 to approximate '${approximates}'`,
    received: `${numeratorDegree} and ${denominatorDegree}`,
    fix: "raise the degrees, or pass approximates: 'identity'",
  });
}
