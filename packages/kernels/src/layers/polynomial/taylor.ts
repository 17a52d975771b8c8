import { sub, ValueError } from '@polyneuron/graph';
import type { LayerSpec } from '../../layerSpec.js';
import { featuresOf, requireOneOf, requireWhole, singleInput } from '../checks.js';
import { evaluateTaylor } from './evaluateTaylor.js';
import { initOf, type TaylorConfig, taylorParameters } from './taylorParameters.js';
import { type TaylorCoefficientInit, taylorCoefficientInits } from './taylorStart.js';

/** What mode 'mixing' takes: the same coefficients for every unit would keep all units equal. */
const mixingInits: readonly TaylorCoefficientInit[] = ['zerosAboveOne', 'randomOverFactorial', 'calibrated'];

/**
 * Taylor series with learned coefficients, per feature or mixed into units.
 *
 * cumulative   y_i = Σ_p w_ip Σ_{q<=p} a_iq t_i^q,   t = x - center,   p, q = 0..K
 * collapsed    y_i = Σ_p c_ip t_i^p                  by Horner: (...(c_K t + c_{K-1}) t + ...) t + c_0
 * mixing       y_o = b_o + Σ_i Σ_{p>=1} c_pio t_i^p  kernel is c_1, kernelHigher c_2 .. c_K
 *
 * The first two are the same polynomials: two linear maps with a running sum between them make one coefficient,
 * c_ip = a_ip Σ_{q>=p} w_iq (`collapseTaylor`). The cumulative form has twice the parameters and other gradients.
 *
 * Shapes   x [B, ..., n]; coefficient [n, K + 1]; weight [n, K + 1] (cumulative); center [n] (trainable) → y of the
 *          shape of x. mixing: kernel [n, units], kernelHigher [K - 1, n, units], bias [units] → y [B, ..., units]
 * Degree   K in x
 * Cost     about 5·B·n·K flops cumulative, 2·B·n·K collapsed, 2·B·n·K·units mixing
 * Start    'uniform': |y| <= (K + 2) / 2 cumulative, |y| <= 1 collapsed, wherever |x - center| <= 1.
 *          'zerosAboveOne': y = x, and in mode 'mixing' a dense layer of variance 1 on x - center. 'exp', 'sin': the
 *          Taylor polynomial of the function. 'randomOverFactorial', 'calibrated': E[y²] = 1 for standard normal x,
 *          in the second nearly all of it linear, so that stacks stay bounded.
 *          The cumulative form starts as the collapsed one with a_p = c_p / (K + 1 - p) and w = 1.
 * Numerics t^K overflows float32 from |t| = 10^(38 / K) on: scale the inputs. Powers are repeated products, and t^0 is
 *          the constant 1, so derivatives at t = 0 are finite, where those of pow(x, [0, 1, ...]) are NaN in tfjs.
 * Pitfalls stacks of the per-feature forms are compositions of polynomials and diverge from the fourth layer on in all
 *          but the start 'zerosAboveOne'; weight decay pulls coefficients to 0, not to a start
 * Throws   ShapeError unless there is one input of rank >= 2; ValueError on a degree below 0 (1 when mixing), units
 *          without 'mixing' or 'mixing' without units, an unknown mode or start, a start that mixing does not take
 * Source   seed 003 (a Stack Overflow answer: power, coefficient, cumulative sum, weight)
 */
export const taylorSpec: LayerSpec<TaylorConfig> = {
  name: 'taylor',
  title: 'Taylor',
  formula:
    'y_i = sum_p w_ip sum_(q<=p) a_iq (x_i - center)^q\ncollapsed: y_i = sum_p c_ip (x_i - center)^p\nmixing: y_o = b_o + sum_i sum_(p>=1) c_pio (x_i - center)^p',
  source: 'Taylor expansion network of seed document 003',
  defaults: {
    degree: 3,
    mode: 'cumulative',
    units: null,
    center: 0,
    trainableCenter: false,
    coefficientInit: null,
    useBias: true,
    kernelInitializer: null,
  },
  samples: [
    { config: {}, inputShapes: [[3]] },
    { config: { mode: 'collapsed' }, inputShapes: [[3]] },
    { config: { degree: 0 }, inputShapes: [[2]] },
    { config: { degree: 0, mode: 'collapsed' }, inputShapes: [[2]] },
    { config: { degree: 2, center: 0.5, trainableCenter: true }, inputShapes: [[2, 1]] },
    { config: { degree: 5, mode: 'collapsed', center: -1 }, inputShapes: [[2, 1, 2]] },
    { config: { degree: 3, mode: 'mixing', units: 2 }, inputShapes: [[3]] },
    {
      config: {
        degree: 2,
        mode: 'mixing',
        units: 1,
        useBias: false,
        trainableCenter: true,
        coefficientInit: 'randomOverFactorial',
      },
      inputShapes: [[2, 2]],
    },
    { config: { degree: 1, mode: 'mixing', units: 2 }, inputShapes: [[1]] },
  ],
  largeSample: { config: { degree: 4 }, batch: 33, inputShapes: [[65]] },
  inputKind: 'features',
  starts: {
    calibrated: { coefficientInit: 'calibrated' },
    identity: { coefficientInit: 'zerosAboveOne' },
  },
  parameterFormula:
    '2 n (degree + 1) cumulative, n (degree + 1) collapsed, n units degree + units mixing, and n for trainable centers',
  parameterCount: ({ degree, mode, units, useBias, trainableCenter }, [shape]) => {
    const n = featuresOf(shape);
    const series =
      mode === 'mixing'
        ? (units as number) * (n * degree + (useBias ? 1 : 0))
        : n * (mode === 'cumulative' ? 2 : 1) * (degree + 1);
    return series + (trainableCenter ? n : 0);
  },
  isSmooth: true,
  degree: ({ degree }) => degree,
  outputShape(config, inputShapes) {
    const { degree, mode, units } = config;
    requireOneOf('taylor', 'mode', mode, Object.keys(evaluateTaylor));
    requireWhole('taylor', 'degree', degree, mode === 'mixing' ? 1 : 0);
    requireOneOf('taylor', 'coefficientInit', initOf(config), taylorCoefficientInits);
    requireMixingOptions(config);
    const shape = singleInput('taylor', inputShapes);
    return mode === 'mixing' ? [...shape.slice(0, -1), units as number] : shape;
  },
  parameters: (config, [shape]) => taylorParameters(config, featuresOf(shape)),
  forward({ config, inputs: [x], parameters: p }) {
    const { degree, mode, center, trainableCenter } = config;
    const shifted = trainableCenter ? sub(x, p.center) : center === 0 ? x : sub(x, center);
    return { output: evaluateTaylor[mode](shifted, degree, p) };
  },
};

function requireMixingOptions(config: TaylorConfig): void {
  const { mode, units } = config;
  const isMixing = mode === 'mixing';
  if (isMixing !== (units !== null)) {
    throw new ValueError({
      subject: 'taylor',
      expected: isMixing
        ? "units with mode 'mixing'"
        : `no units with mode '${mode}', which keeps the features`,
      received: `units: ${units}`,
      fix: isMixing ? 'pass the number of outputs as units' : "leave units out, or pass mode: 'mixing'",
    });
  }
  if (!isMixing) return;
  requireWhole('taylor', 'units', units as number, 1);
  requireOneOf('taylor', "coefficientInit of mode 'mixing'", initOf(config), mixingInits);
}
