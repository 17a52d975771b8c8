/**
 * @file Algebraic laws of functions of real vectors, tested at seeded random points in float64. Bounds are 1e-11 of the
 * largest value that enters the comparison: room for some thousands of roundings, far below any real violation.
 */
import { expectClose } from './expectClose.js';
import { type TestRandom, testRandom } from './testRandom.js';

export type VectorFunction = (x: Float64Array) => ArrayLike<number> | number;
export type MultiFunction = (...arguments_: Float64Array[]) => ArrayLike<number> | number;

const relativeBound = 1e-11;

export interface DegreeLaw {
  /** Exact polynomial degree, from 0 to 13: beyond, the top term drowns in rounding. */
  readonly degree: number;
  /** Length of x. */
  readonly dimension: number;
  /** default 1 */
  readonly seed?: number;
}

/**
 * Throws unless every output of f is a polynomial of at most this degree in x, and one has exactly this degree.
 *
 * On a random line t -> f(x + t v), differences of order degree + 1 over equal steps vanish and one of order degree
 * does not.
 */
export function expectDegree(f: VectorFunction, { degree, dimension, seed = 1 }: DegreeLaw): void {
  const random = testRandom(seed);
  const [x, v] = [random.normals(dimension), random.normals(dimension)];
  const points = Array.from({ length: degree + 2 }, (_, at) => (2 * at) / (degree + 1) - 1);
  let rows = points.map((t) => toList(f(x.map((value, at) => value + t * v[at]))));
  // Differences of order p add 2^p values.
  const noise = relativeBound * 2 ** degree * largest(rows.flat());
  for (let order = 0; order < degree; order++) rows = differences(rows);
  if (largest(rows.flat()) <= noise) {
    throw new Error(
      `expectDegree: the degree is below ${degree}: differences of order ${degree} vanish (at most ${largest(rows.flat())}), seed ${seed}`,
    );
  }
  const rest = differences(rows)[0];
  const at = rest.findIndex((value) => !(Math.abs(value) <= noise));
  if (at >= 0) {
    throw new Error(
      `expectDegree: the degree is above ${degree}: the difference of order ${degree + 1} of output ${at} is ${rest[at]}, more than ${noise}, seed ${seed}`,
    );
  }
}

function differences(rows: readonly (readonly number[])[]): number[][] {
  return rows.slice(1).map((row, at) => row.map((value, column) => value - rows[at][column]));
}

export interface MultilinearLaw {
  /** Length of each argument. */
  readonly dimensions: readonly number[];
  /** default 1 */
  readonly seed?: number;
}

/** Throws unless f is linear in each argument while the others stay: f(.., ax + by, ..) = a f(.., x, ..) + b f(.., y, ..). */
export function expectMultilinear(f: MultiFunction, { dimensions, seed = 1 }: MultilinearLaw): void {
  const random = testRandom(seed);
  dimensions.forEach((dimension, position) => {
    const others = drawAll(random, dimensions);
    const [x, y] = [random.normals(dimension), random.normals(dimension)];
    const [a, b] = [random.normal(), random.normal()];
    const at = (argument: Float64Array) => toList(f(...others.with(position, argument)));
    const [fx, fy] = [at(x), at(y)];
    const combined = fx.map((value, index) => a * value + b * fy[index]);
    const mixed = x.map((value, index) => a * value + b * y[index]);
    named(`expectMultilinear, argument ${position}, seed ${seed}`, () =>
      expectScaled(at(mixed), combined, [...fx, ...fy]),
    );
  });
}

export interface SymmetryLaw {
  /** Length of every argument. */
  readonly dimension: number;
  /** Number of arguments, at least 2. */
  readonly count: number;
  /** default 1 */
  readonly seed?: number;
}

/** Throws unless f stays the same when two neighbouring arguments change places (which generates every permutation). */
export function expectSymmetric(f: MultiFunction, { dimension, count, seed = 1 }: SymmetryLaw): void {
  const given = drawAll(testRandom(seed), new Array<number>(count).fill(dimension));
  const value = toList(f(...given));
  for (let at = 0; at + 1 < count; at++) {
    const swapped = given.with(at, given[at + 1]).with(at + 1, given[at]);
    named(`expectSymmetric, arguments ${at} and ${at + 1}, seed ${seed}`, () =>
      expectScaled(toList(f(...swapped)), value, value),
    );
  }
}

function drawAll(random: TestRandom, dimensions: readonly number[]): Float64Array[] {
  return dimensions.map((dimension) => random.normals(dimension));
}

function expectScaled(
  actual: readonly number[],
  expected: readonly number[],
  scale: readonly number[],
): void {
  expectClose(actual, expected, { rtol: relativeBound, atol: relativeBound * largest(scale) });
}

function named(what: string, body: () => void): void {
  try {
    body();
  } catch (error) {
    throw new Error(`${what}: ${(error as Error).message}`, { cause: error });
  }
}

function toList(value: ArrayLike<number> | number): number[] {
  return typeof value === 'number' ? [value] : Array.from(value);
}

/** NaN when one value is NaN, so that no bound holds. */
function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
