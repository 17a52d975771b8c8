import { add, cos, mul, type Node, sin, sub } from '@polyneuron/graph';
import {
  type BasisOptions,
  type PolynomialBasisName,
  polynomialBases,
  squaredNorms,
  type ThreeTerm,
} from './orthogonalBases.js';

/** The classical polynomials, and sines and cosines with period 2. */
export type BasisName = PolynomialBasisName | 'fourier';

export const basisNames: readonly BasisName[] = [
  ...(Object.keys(polynomialBases) as PolynomialBasisName[]),
  'fourier',
];

export interface BasisFunctionsOptions extends BasisOptions {
  readonly basis: BasisName;
  readonly degree: number;
  /** Divides by √E[φ_d²], under the weight of the basis. */
  readonly isOrthonormal: boolean;
}

/** How many functions `basisFunctions` gives. */
export function basisSize(basis: BasisName, degree: number): number {
  return basis === 'fourier' ? 2 * degree : degree;
}

/**
 * φ_1(t) .. φ_D(t), elementwise, without the constant φ_0.
 *
 * Polynomials: P_1 .. P_K by their three-term recurrence, which is stable inside the interval of orthogonality and
 * has finite derivatives everywhere, where cos(d acos t) has none at ±1. Fourier: sin πt, cos πt, sin 2πt, ...,
 * cos Kπt by f_{k+1} = 2 cos(πt) f_k - f_{k-1}: one sine and one cosine for all harmonics.
 *
 * Numerics rounding grows by about d² at the ends of the interval: 1e-6 for d <= 4 in float32
 */
export function basisFunctions(t: Node, options: BasisFunctionsOptions): Node[] {
  const { basis, degree, isOrthonormal } = options;
  if (basis === 'fourier') {
    const functions = fourier(t, degree);
    return isOrthonormal ? functions.map((f) => mul(f, Math.SQRT2)) : functions;
  }
  const functions = polynomials(t, degree, (d) => polynomialBases[basis].recurrence(d, options));
  if (!isOrthonormal) return functions;
  const norms = squaredNorms(basis, degree, options);
  return functions.map((f, at) => times(f, 1 / Math.sqrt(norms[at + 1])));
}

function polynomials(t: Node, degree: number, recurrence: (d: number) => ThreeTerm): Node[] {
  const list: Node[] = [];
  for (let d = 0; d < degree; d++) {
    const { a, b, c } = recurrence(d);
    const line = plus(times(t, a), b);
    if (d === 0) list.push(line);
    else if (d === 1) list.push(plus(mul(line, list[0]), -c));
    else list.push(sub(mul(line, list[d - 1]), times(list[d - 2], c)));
  }
  return list;
}

function fourier(t: Node, degree: number): Node[] {
  const angle = mul(t, Math.PI);
  const [sine, cosine] = [sin(angle), cos(angle)];
  const double = mul(cosine, 2);
  const list = [sine, cosine];
  for (let k = 2; k <= degree; k++) {
    // sin 0 = 0 and cos 0 = 1
    const [s, c] = [mul(double, list[2 * k - 4]), mul(double, list[2 * k - 3])];
    list.push(k === 2 ? s : sub(s, list[2 * k - 6]), k === 2 ? sub(c, 1) : sub(c, list[2 * k - 5]));
  }
  return list;
}

const times = (x: Node, factor: number): Node => (factor === 1 ? x : mul(x, factor));
const plus = (x: Node, term: number): Node => (term === 0 ? x : add(x, term));
