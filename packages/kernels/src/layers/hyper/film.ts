import { add, expandDims, matMul, mul, type Node, reshape, sigmoid, ValueError } from '@polyneuron/graph';
import { type ActivationName, activation } from '../../activations/activations.js';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { LayerSpec, ParameterSpec } from '../../layerSpec.js';
import { featuresOf, requireOneOf, requireWhole } from '../checks.js';
import { asGroups, conditionedInputs } from './conditioning.js';

/** What multiplies x: 'residual' 1 + Δγ, 'sigmoid' 2 σ(Δγ) between 0 and 2, 'none' nothing. */
export type FilmScale = 'residual' | 'sigmoid' | 'none';

export interface FilmConfig {
  readonly scale: FilmScale;
  /** Adds β(z). */
  readonly useShift: boolean;
  /** Units of the hidden layer between z and the modulation; 0 leaves it out. */
  readonly hiddenUnits: number;
  readonly hiddenActivation: ActivationName;
  /** Of the output. */
  readonly activation: ActivationName;
  /** Law of hiddenKernel. */
  readonly hiddenInitializer: InitializerConfig;
  /** Law of scaleKernel and shiftKernel. */
  readonly modulationInitializer: InitializerConfig;
  readonly biasInitializer: InitializerConfig;
}

const scales: { readonly [K in FilmScale]: ((delta: Node) => Node) | undefined } = {
  residual: (delta) => add(delta, 1),
  sigmoid: (delta) => mul(sigmoid(delta), 2),
  none: undefined,
};

/**
 * Feature-wise linear modulation: a second input scales and shifts every feature of the first.
 *
 * g = hiddenActivation(z hiddenKernel + hiddenBias),   g = z without a hidden layer
 * y = activation(γ ⊙ x + β),   γ = 1 + Δγ or 2 σ(Δγ),   Δγ = g scaleKernel + scaleBias,   β = g shiftKernel + shiftBias
 *
 * z spans the batch or more of the leading axes of x: one γ and β for an image [B, h, w, c], say.
 *
 * Shapes   x [B, ..., n], z [B, ..., m]; hiddenKernel [m, H], hiddenBias [H]; scaleKernel, shiftKernel [H, n], scaleBias,
 *          shiftBias [n] → y [B, ..., n]
 * Degree   2 in (x, z) without a hidden layer or with a linear one, scale 'residual'; 1 with scale 'none'
 * Cost     2·G·(m·H + 2·H·n) flops for G values of z, 2·B·n for their use
 * Start    the last layer is 0: γ = 1, β = 0, y = x exactly, at any depth
 * Pitfalls γ without the 1 erases x at a zero start and shrinks it at a random one; the bias of a normalisation before
 *          this layer is redundant with β
 * Throws   ShapeError unless the inputs are x and z, z over the first axes of x; ValueError on hiddenUnits below 0, an
 *          unknown scale, scale 'none' without a shift
 * Source   Perez et al. 2018, FiLM: Visual Reasoning with a General Conditioning Layer; scale 'sigmoid': the gates of
 *          Chang et al. 2023, PEPNet
 */
export const filmSpec: LayerSpec<FilmConfig> = {
  name: 'film',
  title: 'Feature-wise linear modulation',
  formula: 'y = activation((1 + dgamma(z)) * x + beta(z)), or 2 sigmoid(dgamma(z)) in place of 1 + dgamma(z)',
  source: 'Perez et al. 2018, FiLM: Visual Reasoning with a General Conditioning Layer',
  defaults: {
    scale: 'residual',
    useShift: true,
    hiddenUnits: 0,
    hiddenActivation: 'relu',
    activation: 'linear',
    hiddenInitializer: initializers.glorotUniform,
    modulationInitializer: initializers.zeros,
    biasInitializer: initializers.zeros,
  },
  samples: [
    { config: {}, inputShapes: [[3], [2]] },
    {
      config: { hiddenUnits: 2, hiddenActivation: 'tanh', scale: 'sigmoid', activation: 'tanh' },
      inputShapes: [[2, 3], [2]],
    },
    {
      config: { useShift: false, hiddenUnits: 1, hiddenActivation: 'linear' },
      inputShapes: [
        [2, 1, 3],
        [2, 2],
      ],
    },
    { config: { scale: 'none' }, inputShapes: [[2], [1]] },
  ],
  largeSample: {
    config: { hiddenUnits: 17, hiddenActivation: 'tanh' },
    batch: 33,
    inputShapes: [[9, 31], [7]],
  },
  inputKind: 'features',
  starts: { calibrated: {}, identity: {} },
  parameterFormula: '2 (m + 1) n; with a hidden layer of H units (m + 1) H + 2 (H + 1) n',
  parameterCount({ hiddenUnits, scale, useShift }, [x, z]) {
    const m = featuresOf(z);
    const parts = (scale === 'none' ? 0 : 1) + (useShift ? 1 : 0);
    const width = hiddenUnits === 0 ? m : hiddenUnits;
    return (m + 1) * hiddenUnits + parts * (width + 1) * featuresOf(x);
  },
  isSmooth: true,
  degree({ scale, hiddenUnits, hiddenActivation }) {
    if (scale === 'sigmoid' || (hiddenUnits > 0 && hiddenActivation !== 'linear')) return undefined;
    return scale === 'none' ? 1 : 2;
  },
  outputShape({ scale, useShift, hiddenUnits }, inputShapes) {
    requireWhole('film', 'hiddenUnits', hiddenUnits, 0);
    requireOneOf('film', 'scale', scale, Object.keys(scales));
    if (scale === 'none' && !useShift) {
      throw new ValueError({
        subject: 'film',
        expected: 'a scale or a shift',
        received: "scale: 'none' and useShift: false",
        fix: "pass scale: 'residual' or useShift: true",
      });
    }
    return [...conditionedInputs('film', inputShapes, 'leading', false), featuresOf(inputShapes[0])];
  },
  parameters(config, [x, z]) {
    const { scale, useShift, hiddenUnits, hiddenInitializer, modulationInitializer, biasInitializer } =
      config;
    const affine = (name: string, rows: number, columns: number, law: InitializerConfig): ParameterSpec[] => [
      {
        name: `${name}Kernel`,
        shape: [rows, columns],
        role: 'kernel',
        initializer: law,
        fanAxes: { in: [0], out: [1] },
      },
      { name: `${name}Bias`, shape: [columns], role: 'bias', initializer: biasInitializer },
    ];
    const [n, m] = [featuresOf(x), featuresOf(z)];
    const width = hiddenUnits === 0 ? m : hiddenUnits;
    const scaling = scale === 'none' ? [] : affine('scale', width, n, modulationInitializer);
    return [
      ...(hiddenUnits === 0 ? [] : affine('hidden', m, hiddenUnits, hiddenInitializer)),
      ...scaling.map((parameter) => ({ ...parameter, group: 'higherOrder' }) as const),
      ...(useShift ? affine('shift', width, n, modulationInitializer) : []),
    ];
  },
  forward({ config, inputs: [x, z], parameters: p }) {
    const groups = asGroups(x, z);
    const g =
      config.hiddenUnits === 0
        ? groups.z
        : activation(config.hiddenActivation).apply(add(matMul(groups.z, p.hiddenKernel), p.hiddenBias));
    const modulation = (name: 'scale' | 'shift') => {
      const values = add(matMul(g, p[`${name}Kernel`]), p[`${name}Bias`]);
      return groups.x.shape.length === 2 ? values : expandDims(values, 1);
    };
    const scale = scales[config.scale];
    const scaled = scale === undefined ? groups.x : mul(groups.x, scale(modulation('scale')));
    const y = config.useShift ? add(scaled, modulation('shift')) : scaled;
    return { output: activation(config.activation).apply(reshape(y, x.shape)) };
  },
};
