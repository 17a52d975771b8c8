import type { ReferenceValues, ResultCheck } from '../programs/caseProgram.js';

/**
 * Largest error of what a contender computed: max |actual - expected| / scale. Where an entry gives no scale, it is
 * 1 + |expected|: absolute for small values and relative for large ones.
 *
 * NaN agrees with NaN alone, an infinity with itself alone; a name that is missing, or of another length, is infinitely
 * wrong.
 */
export function maxErrorOf(
  actual: Readonly<Record<string, ArrayLike<number>>>,
  expected: Readonly<Record<string, ReferenceValues>>,
): number {
  return Object.entries(expected).reduce((worst, [name, { values, scale }]) => {
    const given = actual[name];
    if (given?.length !== values.length) return Number.POSITIVE_INFINITY;
    let error = worst;
    for (let at = 0; at < values.length; at++) error = Math.max(error, errorOf(given[at], values[at], scale));
    return error;
  }, 0);
}

function errorOf(actual: number, expected: number, scale = 1 + Math.abs(expected)): number {
  if (Object.is(actual, expected) || actual === expected) return 0;
  const error = Math.abs(actual - expected) / scale;
  return Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
}

/** Why a result must not be timed; undefined where it is right. */
export function whyWrong(
  maxError: number,
  { tolerance }: Pick<ResultCheck, 'tolerance'>,
): string | undefined {
  if (maxError <= tolerance) return undefined;
  return `not timed: the result is off by ${format(maxError)} against the float64 reference, ${format(tolerance)} is allowed`;
}

function format(value: number): string {
  return Number.isFinite(value) ? value.toExponential(2) : 'an infinity or a NaN';
}
