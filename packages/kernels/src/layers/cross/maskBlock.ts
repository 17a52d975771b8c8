import { add, div, matMul, mean, mul, type Node, sqrt, square, sub, ValueError } from '@polyneuron/graph';
import { type ActivationName, activation } from '../../activations/activations.js';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { LayerSpec, ParameterSpec } from '../../layerSpec.js';
import { featuresOf, requireOneOf, requireWhole } from '../checks.js';
import { pairedInputs } from './crossInputs.js';
import { type CrossStart, crossStarts, fanInLaw } from './crossStart.js';

export interface MaskBlockConfig {
  readonly units: number;
  /** Hidden units of the mask for each feature that it masks; above 0. */
  readonly reductionRatio: number;
  /** Of the hidden layer that makes the mask. */
  readonly maskActivation: ActivationName;
  /** Normalises each output row to mean 0 and variance 1, then scales by gamma and shifts by beta. */
  readonly useLayerNorm: boolean;
  /** Added to the variance in the normalisation. */
  readonly epsilon: number;
  readonly activation: ActivationName;
  readonly start: CrossStart;
  /** Law of the kernels that the start does not set to 0; null: the law of the start. */
  readonly kernelInitializer: InitializerConfig | null;
  /** Law of the biases of the mask but for those that start 'identity' sets to 1. */
  readonly biasInitializer: InitializerConfig;
}

/**
 * Block of MaskNet: a small network of one input multiplies the features of another before a dense layer.
 *
 * mask = maskActivation(v W_1 + b_1) W_2 + b_2
 * y = activation(layerNorm((mask ⊙ h) W)),   layerNorm(z) = gamma ⊙ (z - mean z) / √(var z + epsilon) + beta
 *
 * Inputs [v, h]: v what the mask is made of, the embeddings in a network; h the features that it multiplies, the result
 * of the block before. One input stands for both.
 *
 * Shapes   v [B, ..., m], h [B, ..., n]; maskHiddenKernel (W_1) [m, k], maskHiddenBias [k], maskKernel (W_2) [k, n],
 *          maskBias [n], kernel (W) [n, units], gamma, beta [units] → y [B, ..., units]; k = ⌊reductionRatio·n⌋, at least 1
 * Degree   2 in (v, h) without normalisation and with the linear maskActivation, else none
 * Cost     2·B·(m·k + k·n + n·units) flops
 * Start    'identity': W_2 = 0 and b_2 = 1, so mask = 1 and the block begins as a normalised dense layer; W_2 learns at
 *          the first step. 'calibrated': E[mask²] = 1 by Var(W_1) = 2 / m (relu halves the second moment) and
 *          Var(W_2) = 1 / k; with Var(W) = 1 / n the sum before the normalisation has variance 1, if v and h are
 *          independent, and 1 + 2/n for one normal input.
 * Numerics the normalisation of a row of sums that nearly agree magnifies their roundings, up to 1 / √epsilon = 316
 *          times; without normalisation stacks of 'calibrated' are products of zero-mean factors, whose tails grow with every
 *          block: keep useLayerNorm or start 'identity'
 * Throws   ShapeError unless the inputs are v, or v and h that differ in the last axis only; ValueError on units below 1,
 *          on 1 unit with normalisation (the row minus its mean is 0), a reductionRatio or epsilon that is not above 0,
 *          and an unknown start
 * Source   Wang, She and Zhang 2021, MaskNet; reductionRatio 1, no bias beside the normalisation and epsilon 1e-5 of
 *          FuxiCTR `MaskBlock`
 */
export const maskBlockSpec: LayerSpec<MaskBlockConfig> = {
  name: 'maskBlock',
  title: 'Mask block',
  formula: 'mask = maskActivation(v W_1 + b_1) W_2 + b_2\ny = activation(layerNorm((mask * h) W))',
  source: 'Wang, She and Zhang 2021, MaskNet: Introducing Feature-Wise Multiplication to CTR Ranking Models',
  defaults: {
    reductionRatio: 1,
    maskActivation: 'relu',
    useLayerNorm: true,
    epsilon: 1e-5,
    activation: 'relu',
    start: 'identity',
    kernelInitializer: null,
    biasInitializer: initializers.zeros,
  },
  required: { units: 'number of outputs' },
  samples: [
    { config: { units: 3, activation: 'tanh', epsilon: 0.5 }, inputShapes: [[3], [4]] },
    { config: { units: 2, reductionRatio: 2, maskActivation: 'tanh', epsilon: 0.5 }, inputShapes: [[2]] },
    {
      config: {
        units: 2,
        useLayerNorm: false,
        maskActivation: 'linear',
        activation: 'linear',
        start: 'calibrated',
      },
      inputShapes: [[3], [2]],
    },
    {
      config: {
        units: 2,
        reductionRatio: 0.5,
        maskActivation: 'softplus',
        activation: 'sigmoid',
        epsilon: 0.5,
      },
      inputShapes: [
        [2, 1, 3],
        [2, 1, 2],
      ],
    },
  ],
  largeSample: { config: { units: 19, activation: 'tanh' }, batch: 33, inputShapes: [[33], [37]] },
  inputKind: 'features',
  starts: { calibrated: { start: 'calibrated' }, identity: { start: 'identity' } },
  parameterFormula: 'm k + k + k n + n + n units + 2 units, k = floor(reductionRatio n)',
  parameterCount({ units, reductionRatio, useLayerNorm }, [v, h = v]) {
    const n = featuresOf(h);
    const k = Math.max(1, Math.floor(reductionRatio * n));
    return (featuresOf(v) + 1) * k + (k + 1) * n + n * units + (useLayerNorm ? 2 * units : 0);
  },
  isSmooth: true,
  degree: ({ useLayerNorm, maskActivation }) =>
    !useLayerNorm && maskActivation === 'linear' ? 2 : undefined,
  outputShape({ units, reductionRatio, useLayerNorm, epsilon, start }, inputShapes) {
    requireWhole('maskBlock', 'units', units, 1);
    requireAbove0('reductionRatio', reductionRatio);
    requireAbove0('epsilon', epsilon);
    requireOneOf('maskBlock', 'start', start, crossStarts);
    if (useLayerNorm && units === 1) {
      throw new ValueError({
        subject: 'maskBlock',
        expected: 'two units or more with useLayerNorm',
        received: 'units: 1, a row that is always 0 once its mean is taken off',
        fix: 'pass useLayerNorm: false',
      });
    }
    return [...pairedInputs('maskBlock', inputShapes, ['v', 'h'], 1), units];
  },
  parameters(config, [v, h = v]) {
    const { units, reductionRatio, useLayerNorm, start, kernelInitializer, biasInitializer } = config;
    const [m, n] = [featuresOf(v), featuresOf(h)];
    const k = Math.max(1, Math.floor(reductionRatio * n));
    const isIdentity = start === 'identity';
    const kernel = (name: string, rows: number, columns: number, law: InitializerConfig): ParameterSpec => ({
      name,
      shape: [rows, columns],
      role: 'kernel',
      initializer: law,
      fanAxes: { in: [0], out: [1] },
      ...(name !== 'kernel' && { group: 'higherOrder' }),
    });
    const drawn = (variance: number) => kernelInitializer ?? fanInLaw(variance);
    return [
      kernel('maskHiddenKernel', m, k, drawn(2)),
      {
        name: 'maskHiddenBias',
        shape: [k],
        role: 'bias',
        initializer: biasInitializer,
        group: 'higherOrder',
      },
      kernel('maskKernel', k, n, isIdentity ? initializers.zeros : drawn(1)),
      {
        name: 'maskBias',
        shape: [n],
        role: 'bias',
        initializer: isIdentity ? initializers.ones : biasInitializer,
        group: 'higherOrder',
      },
      kernel('kernel', n, units, drawn(1)),
      ...(useLayerNorm
        ? ([
            { name: 'gamma', shape: [units], role: 'other', initializer: initializers.ones },
            { name: 'beta', shape: [units], role: 'other', initializer: initializers.zeros },
          ] as const)
        : []),
    ];
  },
  forward({ config, inputs: [v, h = v], parameters: p }) {
    const hidden = add(matMul(v, p.maskHiddenKernel), p.maskHiddenBias);
    const mask = add(matMul(activation(config.maskActivation).apply(hidden), p.maskKernel), p.maskBias);
    const sums = matMul(mul(mask, h), p.kernel);
    const y = config.useLayerNorm ? add(mul(normalised(sums, config.epsilon), p.gamma), p.beta) : sums;
    return { output: activation(config.activation).apply(y) };
  },
};

/** (z - mean z) / √(var z + epsilon) along the last axis. */
function normalised(z: Node, epsilon: number): Node {
  const centred = sub(z, mean(z, -1, { keepDims: true }));
  return div(centred, sqrt(add(mean(square(centred), -1, { keepDims: true }), epsilon)));
}

function requireAbove0(option: string, value: number): void {
  if (value > 0 && value < Number.POSITIVE_INFINITY) return;
  throw new ValueError({
    subject: 'maskBlock',
    expected: `${option} to be a finite number above 0`,
    received: String(value),
    fix: `pass ${option}: ${maskBlockSpec.defaults[option as 'epsilon']}, the default`,
  });
}
