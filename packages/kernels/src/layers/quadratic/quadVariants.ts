/** @file What the variants of `quadDense` compute: each a second-order term beside a linear path. */
import { add, matMul, mul, type Node } from '@polyneuron/graph';
import { initializers } from '../../initializers/initializer.js';
import {
  higherOrderShare,
  linearPath,
  normalLaw,
  orthogonalLaw,
  type StartWeight,
} from './quadraticStart.js';
import {
  type QuadraticTerm,
  type QuadraticTermName,
  quadraticTerms,
  type TermSizes,
} from './quadraticTerms.js';

/**
 * 'fan'        (x W_r + b_r) ⊙ (x W_g + b_g) + x² W_b + c      Fan's neuron; the linear path is W_r while b_g is 1
 * 'product'    (x W_r + b_r) ⊙ (x W_g + b_g)                   the same without squares: a gate without activation
 * 'quadralib'  (x W_r) ⊙ (x W_g) + x W_l + b_l                 QuadraLib's neuron; biases inside the product would add
 *                                                              nothing that W_l and b_l lack
 * 'square'     x² W_b + x W_l + b_l                            no products of different inputs
 * 'lowRank'    Σ_r λ_r (q_r·x)² + x W_l + b_l                  a form of rank `rank`; rank 1 is (x W)² with a sign
 * 'symmetric'  Σ_{i<=j} S_ij x_i x_j + x W_l + b_l             every quadratic form, each once
 */
export type QuadDenseVariant = 'fan' | 'product' | 'quadralib' | 'square' | 'lowRank' | 'symmetric';

export interface QuadVariant {
  readonly formula: string;
  /** The linear path goes through the product, where b_g = 1 lets it pass: the linear starts need biases. */
  readonly isLinearThroughBias: boolean;
  weights(sizes: TermSizes, useBias: boolean): readonly StartWeight[];
  /** In closed form. */
  parametersPerUnit(sizes: TermSizes, useBias: boolean): number;
  apply(x: Node, parameters: Readonly<Record<string, Node>>, useBias: boolean): Node;
}

export const quadVariants: { readonly [K in QuadDenseVariant]: QuadVariant } = {
  fan: affineProduct(quadraticTerms.square),
  product: affineProduct(null),
  quadralib: besideLinearPath('product'),
  square: besideLinearPath('square'),
  lowRank: besideLinearPath('lowRank'),
  symmetric: besideLinearPath('symmetric'),
};

function besideLinearPath(name: QuadraticTermName): QuadVariant {
  const term = quadraticTerms[name];
  return {
    formula: `${term.formula} + x W_l + b_l`,
    isLinearThroughBias: false,
    weights: (sizes, useBias) => [
      ...term.weights(sizes, higherOrderShare),
      ...linearPath(sizes.inputs, sizes.units, useBias),
    ],
    parametersPerUnit: (sizes, useBias) => term.weightsPerUnit(sizes) + sizes.inputs + (useBias ? 1 : 0),
    apply(x, p, useBias) {
      const linear = matMul(x, p.kernelL);
      return add(useBias ? add(linear, p.biasL) : linear, term.apply(x, p));
    },
  };
}

/**
 * The product of two affine maps. With E (r·x)² = (1 - ε) |x|² / n and independent g,
 * E (r·x)² (1 + g·x)² = (1 - ε) (1 + σ² (n + 2)), whose second part is to be the share of the product.
 */
function affineProduct(squares: QuadraticTerm | null): QuadVariant {
  const formula = '(x W_r + b_r) * (x W_g + b_g)';
  const share = higherOrderShare / (squares ? 2 : 1);
  return {
    formula: squares ? `${formula} + ${squares.formula} + c` : formula,
    isLinearThroughBias: true,
    weights(sizes, useBias) {
      const { inputs: n, units } = sizes;
      const [kernelR, kernelG] = quadraticTerms.product.weights(sizes, share);
      const bias = (name: string, relinear: StartWeight['relinear']): StartWeight => ({
        name,
        shape: [units],
        role: 'bias',
        relinear,
        calibrated: relinear === 'ones' ? initializers.ones : initializers.zeros,
        ...(relinear !== 'drawn' && { group: 'higherOrder' }),
      });
      const { group: _, ...linear } = kernelR;
      return [
        { ...linear, calibrated: orthogonalLaw(1 - higherOrderShare, n, units) },
        { ...kernelG, calibrated: normalLaw(share / ((1 - higherOrderShare) * (n + 2))) },
        ...(squares?.weights(sizes, share) ?? []),
        ...(useBias ? [bias('biasR', 'drawn'), bias('biasG', 'ones')] : []),
        ...(useBias && squares ? [bias('biasC', 'zeros')] : []),
      ];
    },
    parametersPerUnit: ({ inputs: n }, useBias) => (squares ? 3 : 2) * (n + (useBias ? 1 : 0)),
    apply(x, p, useBias) {
      const [left, right] = [matMul(x, p.kernelR), matMul(x, p.kernelG)];
      const product = useBias ? mul(add(left, p.biasR), add(right, p.biasG)) : mul(left, right);
      if (!squares) return product;
      const sum = add(product, squares.apply(x, p));
      return useBias ? add(sum, p.biasC) : sum;
    },
  };
}
