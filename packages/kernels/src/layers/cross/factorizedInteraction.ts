import { add, concat, matMul, mul, ValueError } from '@polyneuron/graph';
import { type ActivationName, activation } from '../../activations/activations.js';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { LayerSpec, ParameterSpec } from '../../layerSpec.js';
import { featuresOf, requireOneOf, requireWhole, singleInput } from '../checks.js';
import { type CrossStart, crossStarts, fanInLaw, productShare } from './crossStart.js';

/** How products and linear part come together: added, or side by side. */
export type ResidualType = 'sum' | 'concat';

const residualTypes: readonly ResidualType[] = ['sum', 'concat'];

export interface FactorizedInteractionConfig {
  /** Outputs; even with 'concat', whose halves are the linear part and the products. */
  readonly units: number;
  readonly residualType: ResidualType;
  readonly activation: ActivationName;
  readonly useBias: boolean;
  readonly start: CrossStart;
  /** Law of the kernels that the start does not set to 0; null: the law of the start. */
  readonly kernelInitializer: InitializerConfig | null;
  readonly biasInitializer: InitializerConfig;
}

/** Width of the linear part and of the factor. */
function widthOf({ units, residualType }: FactorizedInteractionConfig): number {
  return residualType === 'sum' ? units : units / 2;
}

/**
 * FINAL's factorized interaction: a dense layer whose outputs are also multiplied by a second dense map.
 *
 * l = x W + b,  f = x W_f + b_f
 * 'sum'     y = activation(l + f ⊙ l)
 * 'concat'  y = activation([l, f ⊙ l])
 *
 * Shapes   x [B, ..., n]; kernel (W), factorKernel (W_f) [n, w]; bias, factorBias [w] → y [B, ..., units], w = units
 *          with 'sum', units / 2 with 'concat'
 * Degree   2 in x; a stack of L layers with the linear activation has degree 2^L
 * Cost     4·B·n·w flops; 2·n·w + 2·w parameters
 * Start    'calibrated': Var(f) = 1/32 of a unit-variance input, by its own fans. As l and f have independent weights,
 *          E[(l + f l)²] = Var(l) (1 + 1/32), so Var(l) = 32/33 gives a variance of 1 with 'sum'; with 'concat' the mean
 *          over both halves is Var(l) (1 + 1/32) / 2, so Var(l) = 64/33. A deviation of the variance from 1 grows by
 *          34/33 a layer. 'identity': W_f = 0 and b_f = 0, a dense layer ('concat': and zeros).
 * Pitfalls Glorot for both, as in the source, makes Var(f) = 1: then 'sum' doubles the variance of l and the products
 *          of a stack grow doubly exponentially; the source leans on batch normalisation, which is not inside here
 * Throws   ShapeError unless there is one input of rank >= 2; ValueError on units below 1, odd units with 'concat', and
 *          unknown words
 * Source   Zhu et al. 2023, FINAL: Factorized Interaction Layer for CTR Prediction; FuxiCTR `FactorizedInteraction`, whose
 *          one kernel is [W, W_f] side by side
 */
export const factorizedInteractionSpec: LayerSpec<FactorizedInteractionConfig> = {
  name: 'factorizedInteraction',
  title: 'Factorized interaction',
  formula: 'l = x W + b, f = x W_f + b_f\nsum: y = activation(l + f * l)\nconcat: y = activation([l, f * l])',
  source: 'Zhu et al. 2023, FINAL: Factorized Interaction Layer for CTR Prediction',
  defaults: {
    residualType: 'sum',
    activation: 'linear',
    useBias: true,
    start: 'calibrated',
    kernelInitializer: null,
    biasInitializer: initializers.zeros,
  },
  required: { units: 'number of outputs' },
  samples: [
    { config: { units: 2 }, inputShapes: [[3]] },
    { config: { units: 4, residualType: 'concat', activation: 'tanh' }, inputShapes: [[3]] },
    { config: { units: 2, useBias: false, start: 'identity' }, inputShapes: [[2, 1, 3]] },
    {
      config: { units: 2, residualType: 'concat', start: 'identity', activation: 'sigmoid' },
      inputShapes: [[2, 2]],
    },
  ],
  largeSample: { config: { units: 34, residualType: 'concat' }, batch: 33, inputShapes: [[65]] },
  inputKind: 'features',
  starts: { calibrated: { start: 'calibrated' }, identity: { start: 'identity' } },
  parameterFormula: '2 w (n + 1), w = units (sum) or units / 2 (concat)',
  parameterCount: (config, [shape]) => 2 * widthOf(config) * (featuresOf(shape) + (config.useBias ? 1 : 0)),
  isSmooth: true,
  degree: () => 2,
  outputShape({ units, residualType, start }, inputShapes) {
    requireWhole('factorizedInteraction', 'units', units, 1);
    requireOneOf('factorizedInteraction', 'residualType', residualType, residualTypes);
    if (residualType === 'concat' && units % 2 !== 0) {
      throw new ValueError({
        subject: 'factorizedInteraction',
        expected: "units to be even with residualType 'concat'",
        received: String(units),
        fix: `pass units: ${units + 1}, or residualType: 'sum'`,
      });
    }
    requireOneOf('factorizedInteraction', 'start', start, crossStarts);
    return [...singleInput('factorizedInteraction', inputShapes).slice(0, -1), units];
  },
  parameters(config, [shape]) {
    const { residualType, useBias, start, kernelInitializer, biasInitializer } = config;
    const width = widthOf(config);
    const isIdentity = start === 'identity';
    const linearVariance = (residualType === 'sum' ? 1 : 2) / (1 + productShare);
    const kernel = (name: string, law: InitializerConfig): ParameterSpec => ({
      name,
      shape: [featuresOf(shape), width],
      role: 'kernel',
      initializer: law,
      fanAxes: { in: [0], out: [1] },
    });
    const bias = (name: string, law: InitializerConfig): ParameterSpec => ({
      name,
      shape: [width],
      role: 'bias',
      initializer: law,
    });
    const factorLaw = isIdentity ? initializers.zeros : (kernelInitializer ?? fanInLaw(productShare));
    return [
      kernel('kernel', kernelInitializer ?? fanInLaw(isIdentity ? 1 : linearVariance)),
      { ...kernel('factorKernel', factorLaw), group: 'higherOrder' },
      ...(useBias
        ? [
            bias('bias', biasInitializer),
            {
              ...bias('factorBias', isIdentity ? initializers.zeros : biasInitializer),
              group: 'higherOrder',
            } as const,
          ]
        : []),
    ];
  },
  forward({ config, inputs: [x], parameters: p }) {
    const [left, right] = [matMul(x, p.kernel), matMul(x, p.factorKernel)];
    const linear = config.useBias ? add(left, p.bias) : left;
    const factor = config.useBias ? add(right, p.factorBias) : right;
    const products = mul(factor, linear);
    const y = config.residualType === 'sum' ? add(linear, products) : concat([linear, products]);
    return { output: activation(config.activation).apply(y) };
  },
};
