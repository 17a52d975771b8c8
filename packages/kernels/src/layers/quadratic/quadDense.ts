import { add, matMul, mul, square, ValueError } from '@polyneuron/graph';
import { type ActivationName, activation } from '../../activations/activations.js';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { LayerSpec, ParameterSpec } from '../../layerSpec.js';
import { featuresOf, requireOneOf, requireWhole, singleInput } from '../checks.js';

/** How the three kernels and biases begin; see `quadDenseSpec`. */
export type QuadDenseStart = 'relinear' | 'random' | 'document';

export interface QuadDenseConfig {
  /** Outputs per position. */
  readonly units: number;
  readonly activation: ActivationName;
  readonly useBias: boolean;
  readonly start: QuadDenseStart;
  /** Law of kernelR with start 'relinear', of all three kernels with 'random'; 'document' ignores it. */
  readonly kernelInitializer: InitializerConfig;
  /** Law of biasR with start 'relinear', of all three biases with 'random'; 'document' ignores it. */
  readonly biasInitializer: InitializerConfig;
}

type Part = 'R' | 'G' | 'B';
type Laws = {
  readonly kernel: Readonly<Record<Part, InitializerConfig>>;
  readonly bias: Readonly<Record<'R' | 'G' | 'C', InitializerConfig>>;
};

/** Keras's 'normal'. */
const documentLaw = initializers.randomNormal;

const startLaws: { readonly [K in QuadDenseStart]: (config: QuadDenseConfig) => Laws } = {
  relinear: ({ kernelInitializer, biasInitializer }) => ({
    kernel: { R: kernelInitializer, G: initializers.zeros, B: initializers.zeros },
    bias: { R: biasInitializer, G: initializers.ones, C: initializers.zeros },
  }),
  random: ({ kernelInitializer: kernel, biasInitializer: bias }) => ({
    kernel: { R: kernel, G: kernel, B: kernel },
    bias: { R: bias, G: bias, C: bias },
  }),
  document: () => ({
    kernel: { R: documentLaw, G: documentLaw, B: documentLaw },
    bias: { R: documentLaw, G: documentLaw, C: documentLaw },
  }),
};

/**
 * Quadratic dense layer: every unit multiplies two affine maps of its input and adds a weighted sum of squares.
 *
 * y = activation((x W_r + b_r) ⊙ (x W_g + b_g) + x² W_b + c)
 *
 * Shapes   x [B, ..., n]; kernelR, kernelG, kernelB [n, units]; biasR, biasG, biasC [units] → y [B, ..., units]
 * Degree   2 in x
 * Cost     6·B·n·units flops; 3·n·units + 3·units parameters, three times those of `dense`
 * Start    'relinear' (W_g = 0, b_g = 1, W_b = 0, c = 0): equals `dense` at the first step and learns its products
 *          from there; needs biases. 'random': all three kernels by kernelInitializer, all biases by biasInitializer.
 *          'document': everything normal with stddev 0.05, the law of the seed document.
 * Numerics stacks of the random starts are unstable: with Glorot the variance is 4 after one layer of unit-variance
 *          input and grows doubly exponentially with depth, with stddev 0.05 and 64 features it vanishes
 * Pitfalls weight decay that pulls b_g from 1 to 0 switches the linear path off; no fan in 'document'
 * Throws   ShapeError unless there is one input of rank >= 2; ValueError on units below 1, an unknown start, or start
 *          'relinear' without biases
 * Source   Fan, Xiong and Wang 2018, Universal Approximation with Quadratic Deep Networks, Eq. (1); the start: ReLinear,
 *          arXiv 2110.06081
 */
export const quadDenseSpec: LayerSpec<QuadDenseConfig> = {
  name: 'quadDense',
  title: 'Quadratic dense',
  formula: 'y = activation((x W_r + b_r) * (x W_g + b_g) + x^2 W_b + c)',
  source: 'Fan, Xiong and Wang 2018, Universal Approximation with Quadratic Deep Networks, Eq. (1)',
  defaults: {
    activation: 'linear',
    useBias: true,
    start: 'relinear',
    kernelInitializer: initializers.glorotUniform,
    biasInitializer: initializers.zeros,
  },
  required: { units: 'number of outputs' },
  samples: [
    { config: { units: 3 }, inputShapes: [[4]] },
    { config: { units: 1, start: 'document', activation: 'tanh' }, inputShapes: [[1]] },
    { config: { units: 2, start: 'random', useBias: false, activation: 'sigmoid' }, inputShapes: [[2, 3]] },
    { config: { units: 2, activation: 'softplus' }, inputShapes: [[2, 1, 3]] },
  ],
  largeSample: { config: { units: 17, activation: 'tanh' }, batch: 65, inputShapes: [[65]] },
  inputKind: 'features',
  starts: { identity: { start: 'relinear' } },
  parameterFormula: '3 n units + 3 units',
  parameterCount: ({ units, useBias }, [shape]) => 3 * (featuresOf(shape) + (useBias ? 1 : 0)) * units,
  isSmooth: true,
  degree: () => 2,
  outputShape({ units, start, useBias }, inputShapes) {
    requireWhole('quadDense', 'units', units, 1);
    requireOneOf('quadDense', 'start', start, Object.keys(startLaws));
    if (start === 'relinear' && !useBias) {
      throw new ValueError({
        subject: 'quadDense',
        expected: "useBias: true with start 'relinear', whose linear path is the bias b_g = 1",
        received: 'useBias: false',
        fix: "pass start: 'random', or keep the biases",
      });
    }
    return [...singleInput('quadDense', inputShapes).slice(0, -1), units];
  },
  parameters(config, [shape]) {
    const laws = startLaws[config.start](config);
    const kernel = (part: Part): ParameterSpec => ({
      name: `kernel${part}`,
      shape: [featuresOf(shape), config.units],
      role: 'kernel',
      initializer: laws.kernel[part],
      fanAxes: { in: [0], out: [1] },
    });
    const bias = (part: 'R' | 'G' | 'C'): ParameterSpec => ({
      name: `bias${part}`,
      shape: [config.units],
      role: 'bias',
      initializer: laws.bias[part],
    });
    const kernels = [kernel('R'), kernel('G'), kernel('B')];
    return config.useBias ? [...kernels, bias('R'), bias('G'), bias('C')] : kernels;
  },
  forward({ config, inputs: [x], parameters: p }) {
    const left = matMul(x, p.kernelR);
    const right = matMul(x, p.kernelG);
    const squares = matMul(square(x), p.kernelB);
    const y = config.useBias
      ? add(add(mul(add(left, p.biasR), add(right, p.biasG)), squares), p.biasC)
      : add(mul(left, right), squares);
    return { output: activation(config.activation).apply(y) };
  },
};
