/** @file A function on a cube as a polynomial, by its values at Chebyshev nodes. */
import type { PolynomialTerm } from '@polyneuron/analysis';

export interface FittedPolynomial {
  readonly degree: number;
  /** In t = x / extent, each in [-1, 1]. */
  readonly terms: readonly PolynomialTerm[];
}

const highestDegree = 8;
/** Largest error at the nodes, as a share of the values' range, at which a degree is enough. */
const enough = 0.01;

/** Nodes along each axis: enough for degree 8, few enough for every number of variables. */
export const nodesPerAxis = (variables: number): number => (variables <= 2 ? 33 : 13);

/** cos((2 k + 1) π / 2 N), k = 0 .. N - 1 */
export function chebyshevNodes(count: number): number[] {
  return Array.from({ length: count }, (_, k) => Math.cos(((2 * k + 1) * Math.PI) / (2 * count)));
}

/** All points of the nodes' product, the last variable fastest, scaled to [-extent, extent]. */
export function nodePoints(variables: number, extent: number): Float32Array {
  const nodes = chebyshevNodes(nodesPerAxis(variables));
  const points = nodes.length ** variables;
  const x = new Float32Array(points * variables);
  for (let point = 0; point < points; point++)
    digitsOf(point, nodes.length, variables).forEach((digit, axis) => {
      x[point * variables + axis] = extent * nodes[digit];
    });
  return x;
}

/**
 * The least polynomial by total degree, 8 at most, whose error at the nodes is within 1 % of the values' range.
 *
 * c_α = (Π γ_i / N) Σ_points f(t) Π T_αi(t_i), γ = 1 for α_i = 0 and 2 else: at Chebyshev nodes the T are orthogonal, so
 * this is the least-squares fit with weights 1 / √(1 - t²), and no equations are solved.
 *
 * Source   Mason and Handscomb 2003, Chebyshev Polynomials, section 4.6
 */
export function chebyshevFit(values: ArrayLike<number>, variables: number): FittedPolynomial {
  const count = nodesPerAxis(variables);
  const nodes = chebyshevNodes(count);
  const basis = Array.from({ length: highestDegree + 1 }, (_, degree) =>
    nodes.map((t) => Math.cos(degree * Math.acos(t))),
  );
  const digits = Array.from({ length: values.length }, (_, point) => digitsOf(point, count, variables));
  const at = (exponents: readonly number[], point: number) =>
    exponents.reduce((product, degree, axis) => product * basis[degree][digits[point][axis]], 1);
  const rest = Float64Array.from(values);
  // Values are float32: what differs by less is one constant
  const allowed = enough * rangeOf(rest) + 2 ** -24 * largest(rest);
  const sum: Map<string, PolynomialTerm> = new Map();
  for (let degree = 0; degree <= highestDegree; degree++) {
    for (const exponents of exponentsOf(variables, degree)) {
      let coefficient = exponents.reduce((factor, e) => (factor * (e === 0 ? 1 : 2)) / count, 1);
      let total = 0;
      for (let point = 0; point < values.length; point++) total += values[point] * at(exponents, point);
      coefficient *= total;
      for (let point = 0; point < rest.length; point++) rest[point] -= coefficient * at(exponents, point);
      addProduct(sum, coefficient, exponents);
    }
    if (largest(rest) <= allowed || degree === highestDegree)
      return { degree, terms: [...sum.values()].filter(({ coefficient }) => coefficient !== 0) };
  }
  throw new Error('internal: a fit ends at its highest degree. Please report this.');
}

/** Adds c Π T_ei(t_i), expanded in powers. */
function addProduct(sum: Map<string, PolynomialTerm>, c: number, exponents: readonly number[]): void {
  let terms: PolynomialTerm[] = [{ coefficient: c, exponents: [] }];
  for (const degree of exponents) {
    terms = terms.flatMap(({ coefficient, exponents: before }) =>
      powersOfChebyshev(degree).flatMap((factor, power) =>
        factor === 0 ? [] : [{ coefficient: coefficient * factor, exponents: [...before, power] }],
      ),
    );
  }
  for (const term of terms) {
    const key = term.exponents.join();
    const coefficient = (sum.get(key)?.coefficient ?? 0) + term.coefficient;
    sum.set(key, { coefficient, exponents: term.exponents });
  }
}

/** Coefficients of T_n by power: T_n = 2 t T_{n-1} - T_{n-2}. */
function powersOfChebyshev(n: number): number[] {
  let [before, now] = [[1], [0, 1]];
  if (n === 0) return before;
  for (let degree = 2; degree <= n; degree++) {
    const next = [0, ...now.map((coefficient) => 2 * coefficient)];
    before.forEach((coefficient, power) => {
      next[power] -= coefficient;
    });
    [before, now] = [now, next];
  }
  return now;
}

function digitsOf(point: number, base: number, count: number): number[] {
  const digits = new Array<number>(count);
  for (let axis = count - 1, rest = point; axis >= 0; axis--, rest = Math.floor(rest / base))
    digits[axis] = rest % base;
  return digits;
}

/** All exponents of a total degree. */
function exponentsOf(variables: number, degree: number): number[][] {
  if (variables === 1) return [[degree]];
  return Array.from({ length: degree + 1 }, (_, at) => degree - at).flatMap((first) =>
    exponentsOf(variables - 1, degree - first).map((others) => [first, ...others]),
  );
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

export function rangeOf(values: ArrayLike<number>): number {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = 0; at < values.length; at++) {
    least = Math.min(least, values[at]);
    most = Math.max(most, values[at]);
  }
  return most - least;
}
