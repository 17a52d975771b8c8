/**
 * @file The classical orthogonal polynomials as data: a basis is its three-term recurrence (DLMF 18.9; Szegő 1939).
 * Norms follow from it, so a basis is told in one place.
 */

/** P_{d+1} = (a t + b) P_d - c P_{d-1}, with P_0 = 1 and P_{-1} = 0. */
export interface ThreeTerm {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

export type BasisOption = 'alpha' | 'beta' | 'lambda';
export type BasisOptions = Readonly<Record<BasisOption, number>>;

export interface PolynomialBasis {
  readonly symbol: string;
  /** What scipy.special calls the same. */
  readonly scipy: string;
  /** Where and under which weight the basis is orthogonal. */
  readonly orthogonality: string;
  /** Options of the basis: the value when none is given, and the bound that it must lie above. */
  readonly options: Readonly<
    Partial<Record<BasisOption, { readonly value: number; readonly above: number }>>
  >;
  recurrence(d: number, options: BasisOptions): ThreeTerm;
}

export type PolynomialBasisName =
  | 'chebyshev1'
  | 'chebyshev2'
  | 'legendre'
  | 'jacobi'
  | 'gegenbauer'
  | 'hermite'
  | 'hermitePhysicists'
  | 'laguerre';

export const polynomialBases: { readonly [K in PolynomialBasisName]: PolynomialBasis } = {
  chebyshev1: {
    symbol: 'T_d',
    scipy: 'eval_chebyt',
    orthogonality: '1 / √(1 - t²) on [-1, 1]',
    options: {},
    recurrence: (d) => ({ a: d === 0 ? 1 : 2, b: 0, c: 1 }),
  },
  chebyshev2: {
    symbol: 'U_d',
    scipy: 'eval_chebyu',
    orthogonality: '√(1 - t²) on [-1, 1]',
    options: {},
    recurrence: () => ({ a: 2, b: 0, c: 1 }),
  },
  legendre: {
    symbol: 'P_d',
    scipy: 'eval_legendre',
    orthogonality: '1 on [-1, 1]',
    options: {},
    recurrence: (d) => ({ a: (2 * d + 1) / (d + 1), b: 0, c: d / (d + 1) }),
  },
  jacobi: {
    symbol: 'P_d^(alpha, beta)',
    scipy: 'eval_jacobi',
    orthogonality: '(1 - t)^alpha (1 + t)^beta on [-1, 1]',
    options: { alpha: { value: 1, above: -1 }, beta: { value: 1, above: -1 } },
    recurrence: (d, { alpha, beta }) => {
      // The general form divides 0 by 0 at d = 0 when alpha + beta = 0 or -1.
      if (d === 0) return { a: (alpha + beta + 2) / 2, b: (alpha - beta) / 2, c: 0 };
      const s = 2 * d + alpha + beta;
      const lead = 2 * (d + 1) * (d + alpha + beta + 1);
      return {
        a: ((s + 1) * (s + 2)) / lead,
        b: ((alpha ** 2 - beta ** 2) * (s + 1)) / (lead * s),
        c: (2 * (d + alpha) * (d + beta) * (s + 2)) / (lead * s),
      };
    },
  },
  gegenbauer: {
    symbol: 'C_d^(lambda)',
    scipy: 'eval_gegenbauer',
    orthogonality: '(1 - t²)^(lambda - 1/2) on [-1, 1]',
    options: { lambda: { value: 1, above: 0 } },
    recurrence: (d, { lambda }) => ({
      a: (2 * (d + lambda)) / (d + 1),
      b: 0,
      c: (d + 2 * lambda - 1) / (d + 1),
    }),
  },
  hermite: {
    symbol: "He_d, the probabilists'",
    scipy: 'eval_hermitenorm',
    orthogonality: 'exp(-t²/2) on the line',
    options: {},
    recurrence: (d) => ({ a: 1, b: 0, c: d }),
  },
  hermitePhysicists: {
    symbol: 'H_d',
    scipy: 'eval_hermite',
    orthogonality: 'exp(-t²) on the line',
    options: {},
    recurrence: (d) => ({ a: 2, b: 0, c: 2 * d }),
  },
  laguerre: {
    symbol: 'L_d^(alpha)',
    scipy: 'eval_genlaguerre',
    orthogonality: 't^alpha exp(-t) on [0, ∞)',
    options: { alpha: { value: 0, above: -1 } },
    recurrence: (d, { alpha }) => ({
      a: -1 / (d + 1),
      b: (2 * d + 1 + alpha) / (d + 1),
      c: (d + alpha) / (d + 1),
    }),
  },
};

/**
 * E[P_d²] for d = 0..degree under the weight of the basis, scaled to total mass 1.
 *
 * Taking the product of the recurrence with P_{d-1}, and of that one step lower with P_d, gives
 * c_d = (a_d / a_{d-1}) h_d / h_{d-1}, so h_d = h_{d-1} c_d a_{d-1} / a_d with h_0 = 1.
 */
export function squaredNorms(name: PolynomialBasisName, degree: number, options: BasisOptions): number[] {
  const { recurrence } = polynomialBases[name];
  const norms = [1];
  for (let d = 1; d <= degree; d++)
    norms.push(
      (norms[d - 1] * recurrence(d, options).c * recurrence(d - 1, options).a) / recurrence(d, options).a,
    );
  return norms;
}
