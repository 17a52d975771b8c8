import {
  add,
  concat,
  constant,
  cumsum,
  mul,
  type Node,
  reshape,
  sliceAxis,
  sub,
  sum,
} from '@polyneuron/graph';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { LayerSpec, ParameterSpec } from '../../layerSpec.js';
import { featuresOf, requireOneOf, requireWhole, singleInput } from '../checks.js';

/** 'cumulative' is the form of seed 003; 'collapsed' is the same function with half the parameters. */
export type TaylorMode = 'cumulative' | 'collapsed';

export interface TaylorConfig {
  /** K: the highest power. */
  readonly degree: number;
  readonly mode: TaylorMode;
  /** The point a of the powers (x - a)^p: 0 makes the series Maclaurin's. */
  readonly center: number;
  /** Learn one center per feature, starting at `center`. */
  readonly trainableCenter: boolean;
  /** Law of coefficient and weight; null: coefficient uniform on ±1 / (K + 1), weight 1. */
  readonly kernelInitializer: InitializerConfig | null;
}

/**
 * Taylor series per feature, with learned coefficients.
 *
 * cumulative   y_i = Σ_p w_ip Σ_{q<=p} a_iq t_i^q,   t = x - center,   p, q = 0..K
 * collapsed    y_i = Σ_p c_ip t_i^p                  by Horner: (...(c_K t + c_{K-1}) t + ...) t + c_0
 *
 * Both are the same polynomials: two linear maps with a running sum between them make one coefficient,
 * c_ip = a_ip Σ_{q>=p} w_iq (`collapseTaylor`). The cumulative form has twice the parameters and other gradients.
 *
 * Shapes   x [B, ..., n]; coefficient [n, K + 1]; weight [n, K + 1] (cumulative); center [n] (trainable) → y of the
 *          shape of x
 * Degree   K in x
 * Cost     about 5·B·n·K flops cumulative, 2·B·n·K collapsed
 * Start    with the default law |y| <= (K + 2) / 2 cumulative, and |y| <= 1 collapsed, wherever |x - center| <= 1
 * Numerics t^K overflows float32 from |t| = 10^(38 / K) on: scale the inputs. Powers are repeated products, and t^0 is
 *          the constant 1, so derivatives at t = 0 are finite, where those of pow(x, [0, 1, ...]) are NaN in tfjs.
 * Throws   ShapeError unless there is one input of rank >= 2; ValueError on a degree below 0 or an unknown mode
 * Source   seed 003 (a Stack Overflow answer: power, coefficient, cumulative sum, weight)
 */
export const taylorSpec: LayerSpec<TaylorConfig> = {
  name: 'taylor',
  title: 'Taylor',
  formula: 'y_i = sum_p w_ip sum_(q<=p) a_iq (x_i - center)^q\ncollapsed: y_i = sum_p c_ip (x_i - center)^p',
  source: 'Taylor expansion network of seed document 003',
  defaults: {
    degree: 3,
    mode: 'cumulative',
    center: 0,
    trainableCenter: false,
    kernelInitializer: null,
  },
  samples: [
    { config: {}, inputShapes: [[3]] },
    { config: { mode: 'collapsed' }, inputShapes: [[3]] },
    { config: { degree: 0 }, inputShapes: [[2]] },
    { config: { degree: 0, mode: 'collapsed' }, inputShapes: [[2]] },
    { config: { degree: 2, center: 0.5, trainableCenter: true }, inputShapes: [[2, 1]] },
    { config: { degree: 5, mode: 'collapsed', center: -1 }, inputShapes: [[2, 1, 2]] },
  ],
  largeSample: { config: { degree: 4 }, batch: 33, inputShapes: [[65]] },
  inputKind: 'features',
  parameterFormula: '2 n (degree + 1) cumulative, n (degree + 1) collapsed, and n for trainable centers',
  parameterCount: ({ degree, mode, trainableCenter }, [shape]) =>
    featuresOf(shape) * ((mode === 'cumulative' ? 2 : 1) * (degree + 1) + (trainableCenter ? 1 : 0)),
  isSmooth: true,
  degree: ({ degree }) => degree,
  outputShape({ degree, mode }, inputShapes) {
    requireWhole('taylor', 'degree', degree, 0);
    requireOneOf('taylor', 'mode', mode, Object.keys(evaluate));
    return singleInput('taylor', inputShapes);
  },
  parameters({ degree, mode, center, trainableCenter, kernelInitializer }, [shape]) {
    const n = featuresOf(shape);
    const bound = 1 / (degree + 1);
    const series = (name: string, law: InitializerConfig): ParameterSpec => ({
      name,
      shape: [n, degree + 1],
      role: 'kernel',
      initializer: kernelInitializer ?? law,
      fanAxes: { in: [1], out: [] },
    });
    const coefficient = series('coefficient', { kind: 'uniform', min: -bound, max: bound });
    return [
      ...(mode === 'cumulative' ? [coefficient, series('weight', initializers.ones)] : [coefficient]),
      ...(trainableCenter
        ? [
            {
              name: 'center',
              shape: [n],
              role: 'other',
              initializer: { kind: 'constant', value: center },
            } as const,
          ]
        : []),
    ];
  },
  forward({ config, inputs: [x], parameters: p }) {
    const shifted = config.trainableCenter
      ? sub(x, p.center)
      : config.center === 0
        ? x
        : sub(x, config.center);
    return { output: evaluate[config.mode](shifted, config.degree, p) };
  },
};

const evaluate: {
  readonly [K in TaylorMode]: (t: Node, degree: number, parameters: Readonly<Record<string, Node>>) => Node;
} = {
  cumulative: (t, degree, { coefficient, weight }) => {
    const terms = mul(powers(t, degree), coefficient);
    return sum(mul(cumsum(terms, -1), weight), -1);
  },
  collapsed: (t, degree, { coefficient }) => {
    const column = (power: number) => reshape(sliceAxis(coefficient, 1, power, 1), [coefficient.shape[0]]);
    // Zeros of the shape of t keep the batch axes at degree 0.
    let y = add(column(degree), constant(0, t.shape));
    for (let power = degree - 1; power >= 0; power--) y = add(mul(y, t), column(power));
    return y;
  },
};

/** [..., n] → [..., n, K + 1]: 1, t, t², ... */
function powers(t: Node, degree: number): Node {
  const last = [...t.shape, 1];
  const list = [constant(1, last)];
  for (let power = 1; power <= degree; power++)
    list.push(power === 1 ? reshape(t, last) : mul(list[power - 1], reshape(t, last)));
  return concat(list, -1);
}
