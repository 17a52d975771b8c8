/**
 * @file The second-order terms that quadratic layers are made of: for each unit a quadratic form xᵀ A x whose matrix
 * has one structure. Variances are derived for x ~ N(0, 1)^n, where E x_i⁴ = 3 and E |x|⁴ = n (n + 2), and weights that
 * are independent with mean zero, so that all mixed terms vanish.
 */
import { constant, einsum, gather, matMul, mul, type Node, type Shape, square, sum } from '@polyneuron/graph';
import type { FanAxes } from '../../initializers/fans.js';
import type { InitializerConfig } from '../../initializers/initializer.js';
import { featuresOf } from '../checks.js';
import { normalLaw, type StartWeight } from './quadraticStart.js';

export interface TermSizes {
  /** n */
  readonly inputs: number;
  readonly units: number;
  /** Of 'lowRank'. */
  readonly rank: number;
}

export interface QuadraticTerm {
  readonly formula: string;
  /** Weights whose term has the second moment `share` when calibrated. */
  weights(sizes: TermSizes, share: number): readonly StartWeight[];
  /** Weights of one unit, in closed form. */
  weightsPerUnit(sizes: TermSizes): number;
  /** x [B, ..., n] → [B, ..., units] */
  apply(x: Node, parameters: Readonly<Record<string, Node>>): Node;
}

export type QuadraticTermName = 'full' | 'symmetric' | 'lowRank' | 'product' | 'square';

const columns: FanAxes = { in: [0], out: [1] };

const weight = (
  name: string,
  shape: Shape,
  fanAxes: FanAxes,
  relinear: 'drawn' | 'zeros',
  calibrated: InitializerConfig,
): StartWeight => ({ name, shape, role: 'kernel', fanAxes, group: 'higherOrder', relinear, calibrated });

/** A term of two factors starts with one of them zero: were both zero, so would be both gradients, for ever. */
export const quadraticTerms: { readonly [K in QuadraticTermName]: QuadraticTerm } = {
  /** E (xᵀ A x)² = σ² E |x|⁴ = σ² n (n + 2) */
  full: {
    formula: 'x^T A x',
    weights: ({ inputs: n, units }, share) => [
      weight('kernelA', [units, n, n], { in: [1, 2], out: [0] }, 'zeros', normalLaw(share / (n * (n + 2)))),
    ],
    weightsPerUnit: ({ inputs: n }) => n * n,
    apply: (x, { kernelA }) => bilinearForm(x, kernelA, x),
  },
  /** E (Σ_{i<=j} S_ij x_i x_j)² = σ² (3 n + n (n - 1) / 2) = σ² n (n + 5) / 2 */
  symmetric: {
    formula: 'sum_{i<=j} S_ij x_i x_j',
    weights: ({ inputs: n, units }, share) => [
      weight('kernelS', [(n * (n + 1)) / 2, units], columns, 'zeros', normalLaw((2 * share) / (n * (n + 5)))),
    ],
    weightsPerUnit: ({ inputs: n }) => (n * (n + 1)) / 2,
    apply: (x, { kernelS }) => matMul(monomials(x), kernelS),
  },
  /** E (q·x)⁴ = 3 σ⁴ E |x|⁴ for normal q; with σ² = 1 / n, E (Σ_r λ_r (q_r·x)²)² = τ² rank 3 (n + 2) / n */
  lowRank: {
    formula: 'sum_r lambda_r (q_r . x)^2',
    weights: ({ inputs: n, units, rank }, share) => [
      weight('kernelQ', [n, units, rank], { in: [0], out: [2] }, 'drawn', normalLaw(1 / n)),
      weight(
        'kernelLambda',
        [units, rank],
        { in: [1], out: [] },
        'zeros',
        normalLaw((share * n) / (3 * rank * (n + 2))),
      ),
    ],
    weightsPerUnit: ({ inputs: n, rank }) => (n + 1) * rank,
    apply: (x, { kernelQ, kernelLambda }) => {
      const lead = leadingLabels(x);
      const projected = einsum(`${lead}n,nur->${lead}ur`, x, kernelQ);
      return sum(mul(square(projected), kernelLambda), -1);
    },
  },
  /** E (r·x)² (g·x)² = σ⁴ E |x|⁴ = σ⁴ n (n + 2) */
  product: {
    formula: '(x W_r) * (x W_g)',
    weights: ({ inputs: n, units }, share) => {
      const law = normalLaw(Math.sqrt(share / (n * (n + 2))));
      return [
        weight('kernelR', [n, units], columns, 'drawn', law),
        weight('kernelG', [n, units], columns, 'zeros', law),
      ];
    },
    weightsPerUnit: ({ inputs: n }) => 2 * n,
    apply: (x, { kernelR, kernelG }) => mul(matMul(x, kernelR), matMul(x, kernelG)),
  },
  /** E (b·x²)² = 3 n σ² */
  square: {
    formula: 'x^2 W_b',
    weights: ({ inputs: n, units }, share) => [
      weight('kernelB', [n, units], columns, 'zeros', normalLaw(share / (3 * n))),
    ],
    weightsPerUnit: ({ inputs: n }) => n,
    apply: (x, { kernelB }) => matMul(square(x), kernelB),
  },
};

/**
 * y_k = xᵀ W_k z for each of the units k.
 *
 * Shapes   x [B, ..., n], z [B, ..., m] with equal leading axes, kernel [units, n, m] → y [B, ..., units]
 */
export function bilinearForm(x: Node, kernel: Node, z: Node): Node {
  const lead = leadingLabels(x);
  return einsum(`${lead}um,${lead}m->${lead}u`, einsum(`${lead}n,unm->${lead}um`, x, kernel), z);
}

/** x_i x_j for i <= j, row by row: (0,0), (0,1), ..., (1,1), ...: [..., n] → [..., n (n + 1) / 2]. */
function monomials(x: Node): Node {
  const n = featuresOf(x.shape);
  const left = Array.from({ length: n }, (_, i) => new Array<number>(n - i).fill(i)).flat();
  const right = Array.from({ length: n }, (_, i) => Array.from({ length: n - i }, (_, at) => i + at)).flat();
  const pick = (indices: number[]) => gather(x, constant(indices, [indices.length], 'int32'), -1);
  return mul(pick(left), pick(right));
}

/** Einsum labels of the axes before the last; the labels m to u stay free for the rest. */
function leadingLabels(x: Node): string {
  return 'abcdefghijkl'.slice(0, x.shape.length - 1);
}
