import { gradient, input, interpretNodes, sum } from '@polyneuron/graph';
import { expectClose, tolerances, vectors } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { type BasisName, basisFunctions, basisNames } from './basisFunctions.js';
import { basisMoments } from './basisMoments.js';
import { basisOptions } from './basisOptions.js';
import type { InputNormalization } from './normalizeInput.js';
import { type PolynomialBasisName, polynomialBases, squaredNorms } from './orthogonalBases.js';

interface Values {
  readonly kind: 'values';
  readonly basis: PolynomialBasisName;
  readonly options: Record<string, number>;
  readonly degree: number;
  readonly x: number[];
  readonly value: number[];
  readonly slope: number[];
}

interface Gauss {
  readonly kind: 'gauss';
  readonly basis: PolynomialBasisName;
  readonly options: Record<string, number>;
  readonly nodes: number[];
  readonly weights: number[];
  readonly norms: number[];
}

interface Moments {
  readonly kind: 'moments';
  readonly basis: PolynomialBasisName;
  readonly normalization: InputNormalization | 'uniform';
  readonly moments: number[];
}

const golden = vectors<Values | Gauss | Moments>('orthogonalPolynomials');
const ofKind = <K extends Values | Gauss | Moments>(kind: K['kind']) =>
  golden.filter((one): one is K => one.kind === kind);

const none = { alpha: null, beta: null, lambda: null };

function functionsAt(
  points: readonly number[],
  basis: BasisName,
  given: { readonly degree: number; readonly options?: object; readonly isOrthonormal?: boolean },
) {
  const { degree, options = {}, isOrthonormal = false } = given;
  const t = input('t', { shape: [points.length], dtype: 'float32' });
  const functions = basisFunctions(t, {
    basis,
    degree,
    isOrthonormal,
    ...basisOptions(basis, { ...none, ...options }),
  });
  const slopes = functions.map((f) => gradient(sum(f), [t])[0]);
  const run = (nodes: typeof functions) => interpretNodes(nodes, { inputs: { t: points } });
  return { values: run(functions), slopes: run(slopes) };
}

describe('basisFunctions', () => {
  it.each(ofKind<Values>('values'))(
    'equals scipy: $basis $options of degree $degree, to 20 and -20',
    (one) => {
      const { values, slopes } = functionsAt(one.x, one.basis, one);
      // The slopes of scipy's monomials cancel up to 1e4 of their size at degree 8 inside [-1, 1].
      expectClose(values[one.degree - 1], one.value, tolerances.float64.gradient);
      expectClose(slopes[one.degree - 1], one.slope, tolerances.float64.secondDerivative);
    },
  );

  it('covers every basis', () => {
    expect(new Set(ofKind<Values>('values').map(({ basis }) => basis))).toEqual(
      new Set(Object.keys(polynomialBases)),
    );
  });

  it.each(ofKind<Gauss>('gauss'))('is orthogonal under its Gauss rule: $basis $options', (one) => {
    const degree = one.norms.length;
    const inner = (p: ArrayLike<number>, q: ArrayLike<number>) =>
      one.weights.reduce((sum, weight, at) => sum + weight * p[at] * q[at], 0);
    const { values } = functionsAt(one.nodes, one.basis, { ...one, degree, isOrthonormal: true });
    const gram = values.flatMap((p) => [
      inner(
        p,
        p.map(() => 1),
      ),
      ...values.map((q) => inner(p, q)),
    ]);
    const identity = values.flatMap((_, row) => [0, ...values.map((_, column) => Number(row === column))]);
    expectClose(gram, identity, tolerances.float64.secondDerivative);
    const options = basisOptions(one.basis, { ...none, ...one.options });
    expectClose(squaredNorms(one.basis, degree, options), [1, ...one.norms], tolerances.float64.gradient);
  });

  const inside = Array.from({ length: 19 }, (_, at) => (at - 9) / 10);

  it('equals cos(d acos t) inside (-1, 1), where that is defined', () => {
    const { values } = functionsAt(inside, 'chebyshev1', { degree: 8 });
    for (const [at, list] of values.entries())
      expectClose(
        list,
        inside.map((t) => Math.cos((at + 1) * Math.acos(t))),
        tolerances.float64.gradient,
      );
  });

  it.each([
    ['chebyshev2', {}, 'gegenbauer', { lambda: 1 }],
    ['legendre', {}, 'jacobi', { alpha: 0, beta: 0 }],
    ['legendre', {}, 'gegenbauer', { lambda: 0.5 }],
  ] as const)('has %s %o as %s %o', (one, options, other, otherOptions) => {
    const [p, q] = [
      functionsAt(inside, one, { degree: 6, options }),
      functionsAt(inside, other, { degree: 6, options: otherOptions }),
    ];
    for (const [at, list] of p.values.entries())
      expectClose(q.values[at], list, tolerances.float64.transcendental);
  });

  it('has chebyshev1 as jacobi(-1/2, -1/2) up to scale', () => {
    const options = { alpha: -0.5, beta: -0.5 };
    const [p, q] = [
      functionsAt(inside, 'chebyshev1', { degree: 6, isOrthonormal: true }),
      functionsAt(inside, 'jacobi', { degree: 6, options, isOrthonormal: true }),
    ];
    for (const [at, list] of p.values.entries()) expectClose(q.values[at], list, tolerances.float64.gradient);
  });

  it('has sines and cosines of period 2 for fourier, of mean square 1 when orthonormal', () => {
    const points = Array.from({ length: 32 }, (_, at) => at / 16 - 1);
    const { values } = functionsAt(points, 'fourier', { degree: 5 });
    for (let k = 1; k <= 5; k++) {
      expectClose(
        values[2 * k - 2],
        points.map((t) => Math.sin(k * Math.PI * t)),
        tolerances.float64.transcendental,
      );
      expectClose(
        values[2 * k - 1],
        points.map((t) => Math.cos(k * Math.PI * t)),
        tolerances.float64.transcendental,
      );
    }
    for (const list of functionsAt(points, 'fourier', { degree: 5, isOrthonormal: true }).values)
      expectClose(list.reduce((sum, value) => sum + value * value, 0) / 32, 1, tolerances.float64.gradient);
  });

  it.each(basisNames)('has finite values and slopes at -20, -1, 0, 1 and 20: %s', (basis) => {
    const { values, slopes } = functionsAt([-20, -1, 0, 1, 20], basis, { degree: 8 });
    for (const list of [...values, ...slopes]) expect(Array.from(list).every(Number.isFinite)).toBe(true);
  });
});

describe('basisMoments', () => {
  it.each(ofKind<Moments>('moments'))('equals the integrals of scipy: $basis, $normalization', (one) => {
    const options = {
      basis: one.basis,
      degree: 4,
      isOrthonormal: false,
      ...basisOptions(one.basis, none),
    };
    const moments =
      one.normalization === 'uniform'
        ? basisMoments(options, 'none', [-1, 1])
        : basisMoments(options, one.normalization, null);
    // Errors of the two rules where they are not of rounding, from the slope of P_d² at 1: 2 P_d P_d' is 32 for T_4,
    // 20 for P_4, 32 for He_4. Clip: a kink at both ends, 2 · h²/12 · φ(1) of it; midpoints: h²/24 of it. Terms of h⁴ are the hundredth.
    const [clip, uniform] = [(2 * 32 * 0.242) / (12 * 64 ** 2), 32 / (24 * 1024 ** 2)];
    const bounds: Partial<Record<string, number>> = { clip, uniform };
    const atol = bounds[one.normalization];
    expectClose(
      moments,
      one.moments,
      atol ? { rtol: 0, atol: 1.01 * atol } : tolerances.float64.secondDerivative,
    );
  });
});
