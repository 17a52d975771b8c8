import { add, matMul, mul, type Node } from '@polyneuron/graph';
import { initializers } from '../../initializers/initializer.js';
import { fanInLaw } from './crossStart.js';
import { type CrossStep, type CrossStepConfig, projectionOf, stepBias, stepKernel } from './crossStep.js';
import { gatedStep } from './gatedStep.js';
import { mixStep } from './mixStep.js';

export type CrossMode = 'vector' | 'matrix' | 'lowRank' | 'mix' | 'gated';

const { zeros } = initializers;
const biases = ({ useBias }: CrossStepConfig, n: number) => (useBias ? n : 0);
const plus = (linear: Node, bias: Node | undefined) => (bias ? add(linear, bias) : linear);

/** Every kind of cross step, by the mode of `crossNetwork`. */
export const crossSteps: { readonly [K in CrossMode]: CrossStep } = {
  /**
   * x' = x0 (x·w) + b + x: DCN, with the bias outside of the product. The mean growth is a matrix's, but the row is
   * scaled as a whole, so rows spread more; a quarter of the share keeps eight networks below 1.1.
   */
  vector: {
    parameters: (config, n, share) => [
      stepKernel(config, 'kernel', [n, 1], { calibrated: fanInLaw(share / 4), identity: zeros }),
      ...stepBias(config, n),
    ],
    parameterCount: (config, n) => n + biases(config, n),
    isPolynomial: () => true,
    apply: (_, x0, x, { kernel, bias }) => add(plus(mul(x0, matMul(x, kernel)), bias), x),
  },
  /** x' = x0 ⊙ (x W + b) + x: DCN V2, Eq. (1). */
  matrix: {
    parameters: (config, n, share) => [
      stepKernel(config, 'kernel', [n, n], { calibrated: fanInLaw(share), identity: zeros }),
      ...stepBias(config, n),
    ],
    parameterCount: (config, n) => n * n + biases(config, n),
    isPolynomial: () => true,
    apply: (_, x0, x, { kernel, bias }) => add(mul(x0, plus(matMul(x, kernel), bias)), x),
  },
  /** x' = x0 ⊙ (x U V + b) + x: DCN V2, Eq. (2). Var(x U) = Var(x), and V alone has the share. */
  lowRank: {
    parameters(config, n, share) {
      const r = projectionOf(config, n);
      return [
        stepKernel(config, 'kernelU', [n, r], { calibrated: fanInLaw(1), identity: fanInLaw(1) }),
        stepKernel(config, 'kernelV', [r, n], { calibrated: fanInLaw(share), identity: zeros }),
        ...stepBias(config, n),
      ];
    },
    parameterCount: (config, n) => 2 * n * projectionOf(config, n) + biases(config, n),
    isPolynomial: () => true,
    apply: (_, x0, x, { kernelU, kernelV, bias }) =>
      add(mul(x0, plus(matMul(matMul(x, kernelU), kernelV), bias)), x),
  },
  mix: mixStep,
  gated: gatedStep,
};
