import { add, matMul, mul, sigmoid } from '@polyneuron/graph';
import { initializers } from '../../initializers/initializer.js';
import { fanInLaw } from './crossStart.js';
import { type CrossStep, type PlainStepConfig, stepBias, stepKernel } from './crossStep.js';

const { zeros } = initializers;

/**
 * x' = x0 ⊙ (x W + b) ⊙ σ(x W_g) + x: GDCN.
 *
 * The calibrated gate begins at σ(0) = 1/2 and takes three quarters of the variance, so W has four times the share.
 */
export const gatedStep: CrossStep<PlainStepConfig> = {
  parameters: (config, n, share) => [
    stepKernel(config, 'kernel', [n, n], { calibrated: fanInLaw(4 * share), identity: zeros }),
    stepKernel(config, 'gateKernel', [n, n], { calibrated: zeros, identity: fanInLaw(1) }),
    ...stepBias(config, n),
  ],
  parameterCount: ({ useBias }, n) => 2 * n * n + (useBias ? n : 0),
  isPolynomial: () => false,
  apply({ useBias }, x0, x, p) {
    const linear = matMul(x, p.kernel);
    const crossed = mul(x0, useBias ? add(linear, p.bias) : linear);
    return add(mul(crossed, sigmoid(matMul(x, p.gateKernel))), x);
  },
};
