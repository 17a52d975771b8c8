import { add, einsum, matMul, mul, type Node, reshape, sigmoid, sizeOf, sum } from '@polyneuron/graph';
import { activation } from '../../activations/activations.js';
import { softmax } from '../../activations/softmax.js';
import { initializers } from '../../initializers/initializer.js';
import { fanInLaw } from './crossStart.js';
import {
  type CrossStep,
  type CrossStepConfig,
  type ExpertGate,
  projectionOf,
  stepBias,
  stepKernel,
} from './crossStep.js';

/** Σ_e G_e² of gates that begin equal, at 1 / E or at σ(0): the experts' independent products keep that much. */
const gatePower: { readonly [K in ExpertGate]: (experts: number) => number } = {
  softmax: (experts) => 1 / experts,
  sigmoid: (experts) => experts / 4,
};

/** The softmax of one score is 1: a lone expert needs no gate. */
export function hasGate({ gate, numExperts }: CrossStepConfig): boolean {
  return gate === 'sigmoid' || numExperts > 1;
}

/**
 * x' = Σ_e G_e(x) x0 ⊙ (g(g(x D_e) C_e) U_e + b) + x: DCN V2, Eq. (3) and (4), with D_e [n, r] for the paper's V_e, and
 * U_e [r, n] for the transpose of its U_e.
 *
 * Every expert is a slice of a tensor with its own fans. The calibrated share is an upper bound for any g with
 * |g(z)| <= |z|, such as tanh: each g takes variance away.
 */
export const mixStep: CrossStep = {
  parameters(config, n, share) {
    const { numExperts: experts, gate } = config;
    const r = projectionOf(config, n);
    const unit = { calibrated: fanInLaw(1), identity: fanInLaw(1) };
    const last = { calibrated: fanInLaw(share / gatePower[gate](experts)), identity: initializers.zeros };
    return [
      stepKernel(config, 'kernelDown', [experts, n, r], unit),
      stepKernel(config, 'kernelCore', [experts, r, r], unit),
      stepKernel(config, 'kernelUp', [experts, r, n], last),
      ...(hasGate(config)
        ? [
            stepKernel(config, 'gateKernel', [n, experts], {
              calibrated: initializers.zeros,
              identity: fanInLaw(1),
            }),
          ]
        : []),
      ...stepBias(config, n),
    ];
  },
  parameterCount(config, n) {
    const r = projectionOf(config, n);
    const gate = hasGate(config) ? n : 0;
    return config.numExperts * (2 * n * r + r * r + gate) + (config.useBias ? n : 0);
  },
  isPolynomial: (config) => config.expertActivation === 'linear' && !hasGate(config),
  apply(config, x0, x, parameters) {
    const n = x.shape[x.shape.length - 1];
    const rows = reshape(x, [sizeOf(x.shape.slice(0, -1)), n]);
    return add(mul(x0, reshape(mixture(config, rows, parameters), x.shape)), x);
  },
};

/** [N, n] → Σ_e G_e (expert e + b), [N, n]; the gates meet the experts at rank r, before the widest product. */
function mixture(config: CrossStepConfig, x: Node, p: Readonly<Record<string, Node>>): Node {
  const g = activation(config.expertActivation).apply;
  const inner = g(einsum('ber,ers->bes', g(einsum('bn,enr->ber', x, p.kernelDown)), p.kernelCore));
  const gates = hasGate(config) ? gatesOf(config, matMul(x, p.gateKernel)) : undefined;
  const gated = gates ? mul(inner, reshape(gates, [...gates.shape, 1])) : inner;
  const product = einsum('ber,ern->bn', gated, p.kernelUp);
  if (!p.bias) return product;
  // Gates of a softmax sum to 1
  const isWhole = !gates || config.gate === 'softmax';
  return add(product, isWhole ? p.bias : mul(sum(gates, -1, { keepDims: true }), p.bias));
}

function gatesOf({ gate }: CrossStepConfig, scores: Node): Node {
  return gate === 'softmax' ? softmax(scores) : sigmoid(scores);
}
