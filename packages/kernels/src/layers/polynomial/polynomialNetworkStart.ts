import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { PolynomialForm } from './polynomialForms.js';
import { polynomialVariance, type StepMoments } from './polynomialVariance.js';
import { productShare } from './productShare.js';

/** How the kernels begin; see `polynomialNetworkSpec`. */
export type PolynomialNetworkStart = 'linear' | 'calibrated' | 'gated' | 'random';

export const polynomialNetworkStarts: readonly PolynomialNetworkStart[] = [
  'linear',
  'calibrated',
  'gated',
  'random',
];

interface StartOptions {
  readonly form: PolynomialForm;
  readonly degree: number;
  readonly start: PolynomialNetworkStart;
  readonly features: number;
  /** What the user asked for, of the kernels that a start draws freely. */
  readonly kernelInitializer: InitializerConfig | null;
}

export interface PolynomialNetworkLaws {
  readonly kernel: InitializerConfig;
  readonly kernelHigher: InitializerConfig;
  readonly mixing: InitializerConfig;
  readonly offset: InitializerConfig;
  readonly kernelOut: InitializerConfig;
}

/** Variance scale / fanIn. */
const spread = (scale: number): InitializerConfig =>
  scale === 0
    ? initializers.zeros
    : { kind: 'varianceScaling', scale, mode: 'fanIn', distribution: 'normal' };

/** Moments of the steps k >= 2 at the start. */
function stepMoments({ form, degree, start }: StartOptions): StepMoments {
  if (start === 'random') return { kernel: 1, mixing: 1, offset: 1 };
  if (start === 'calibrated') {
    if (form === 'ncp') return { kernel: 1, mixing: productShare, offset: 1 - productShare };
    // e_K = (1 + kernel)^(K-1), of which the linear part is 1
    return { kernel: (1 - productShare) ** (-1 / Math.max(1, degree - 1)) - 1, mixing: 1, offset: 0 };
  }
  // The linear path: U_k = 0, or S_k = 0 and o_k = 1 (ncp) or 0 (ncpSkip). A gate at 0 stands for those zeros.
  const isGated = start === 'gated';
  return {
    kernel: form === 'ccp' && !isGated ? 0 : 1,
    mixing: isGated ? 1 : 0,
    offset: form === 'ncp' ? 1 : 0,
  };
}

/** The law of every kernel of a polynomial network, with E[y²] = 1 for standard normal features but in 'random'. */
export function polynomialNetworkLaws(options: StartOptions): PolynomialNetworkLaws {
  const { form, degree, start, features, kernelInitializer } = options;
  const step = stepMoments(options);
  const isRandom = start === 'random';
  const variance =
    start === 'calibrated' ? polynomialVariance(form, { degree, features: Math.max(1, features), step }) : 1;
  const free = (scale: number) => kernelInitializer ?? spread(scale);
  const offsets = Array.from({ length: degree }, (_, k) => (k === 0 ? 1 : Math.sqrt(step.offset)));
  return {
    kernel: free(1),
    // Form 'ncp' has its linear path through the last of these.
    kernelHigher: isRandom || (form === 'ncp' && start !== 'calibrated') ? free(1) : spread(step.kernel),
    mixing: isRandom ? free(1) : spread(step.mixing),
    offset: {
      kind: 'stacked',
      axis: 0,
      laws: offsets.map((value) => ({ kind: 'constant', value })),
    },
    kernelOut: free(1 / variance),
  };
}
