import { abs, add, div, erf, exp, mul, type Node, neg, sigmoid, sin, square, tanh } from '@polyneuron/graph';
import { findByName } from '../findByName.js';
import type { ActivationSpec } from './activationSpec.js';
import { elu, logSigmoid, mish, selu, softplus } from './exponentials.js';
import { hardSigmoid, hardSwish, leakyRelu, relu, relu6, squaredRelu } from './pieces.js';
import { logSoftmax, softmax } from './softmax.js';

export type ActivationName =
  | 'linear'
  | 'relu'
  | 'relu6'
  | 'leakyRelu'
  | 'squaredRelu'
  | 'elu'
  | 'selu'
  | 'celu'
  | 'softplus'
  | 'softsign'
  | 'tanh'
  | 'sigmoid'
  | 'logSigmoid'
  | 'hardSigmoid'
  | 'swish'
  | 'hardSwish'
  | 'gelu'
  | 'geluTanh'
  | 'mish'
  | 'exponential'
  | 'gaussian'
  | 'sine'
  | 'softmax'
  | 'logSoftmax';

/** x / (1 + |x|) */
const softsign = (x: Node): Node => div(x, add(abs(x), 1));
/** x Φ(x) */
const gelu = (x: Node): Node => mul(mul(x, 0.5), add(erf(mul(x, Math.SQRT1_2)), 1));
/** gelu with Φ through tanh, without a power */
const geluTanh = (x: Node): Node => {
  const inner = mul(mul(x, Math.sqrt(2 / Math.PI)), add(mul(square(x), 0.044715), 1));
  return mul(mul(x, 0.5), add(tanh(inner), 1));
};

/** Every activation, by name. */
export const activations: { readonly [K in ActivationName]: ActivationSpec & { readonly name: K } } = {
  linear: {
    name: 'linear',
    aliases: ['identity'],
    formula: 'x',
    source: 'tfjs linear',
    isSmooth: true,
    apply: (x) => x,
  },
  relu: {
    name: 'relu',
    aliases: [],
    formula: 'max(0, x)',
    source: 'Nair & Hinton 2010',
    isSmooth: false,
    apply: relu,
  },
  relu6: {
    name: 'relu6',
    aliases: [],
    formula: 'min(6, max(0, x))',
    source: 'Krizhevsky 2010, Convolutional Deep Belief Networks on CIFAR-10',
    isSmooth: false,
    apply: relu6,
  },
  leakyRelu: {
    name: 'leakyRelu',
    aliases: ['leaky_relu'],
    formula: 'x > 0 ? x : 0.2 x',
    source: 'Maas et al. 2013; the slope of tf.leakyRelu and keras.activations.leaky_relu',
    isSmooth: false,
    apply: leakyRelu,
  },
  squaredRelu: {
    name: 'squaredRelu',
    aliases: ['squared_relu'],
    formula: 'max(0, x)²',
    source: 'So et al. 2021 (Primer)',
    isSmooth: false,
    apply: squaredRelu,
  },
  elu: {
    name: 'elu',
    aliases: [],
    formula: 'x > 0 ? x : e^x - 1',
    source: 'Clevert et al. 2015',
    isSmooth: false,
    apply: (x) => elu(x),
  },
  selu: {
    name: 'selu',
    aliases: [],
    formula: '1.0507 (x > 0 ? x : 1.6733 (e^x - 1))',
    source: 'Klambauer et al. 2017',
    isSmooth: false,
    apply: selu,
  },
  celu: {
    name: 'celu',
    aliases: [],
    formula: 'max(0, x) + min(0, a (e^(x/a) - 1)) with a = 1, which is elu',
    source: 'Barron 2017',
    isSmooth: false,
    apply: (x) => elu(x),
  },
  softplus: {
    name: 'softplus',
    aliases: [],
    formula: 'log(1 + e^x)',
    source: 'Dugas et al. 2001',
    isSmooth: true,
    apply: softplus,
  },
  softsign: {
    name: 'softsign',
    aliases: [],
    formula: 'x / (1 + |x|)',
    source: 'Bergstra et al. 2009',
    isSmooth: false,
    apply: softsign,
  },
  tanh: {
    name: 'tanh',
    aliases: [],
    formula: '(e^x - e^-x) / (e^x + e^-x)',
    source: 'LeCun et al. 1998, Efficient BackProp',
    isSmooth: true,
    apply: tanh,
  },
  sigmoid: {
    name: 'sigmoid',
    aliases: [],
    formula: '1 / (1 + e^-x)',
    source: 'Rumelhart et al. 1986',
    isSmooth: true,
    apply: sigmoid,
  },
  logSigmoid: {
    name: 'logSigmoid',
    aliases: ['log_sigmoid'],
    formula: '-log(1 + e^-x)',
    source: 'keras.activations.log_sigmoid',
    isSmooth: true,
    apply: logSigmoid,
  },
  hardSigmoid: {
    name: 'hardSigmoid',
    aliases: ['hard_sigmoid'],
    formula: 'clip(0.2 x + 0.5, 0, 1)',
    source: 'Courbariaux et al. 2015; slope 0.2 as in tfjs and Keras 2, where Keras 3 has 1/6',
    isSmooth: false,
    apply: hardSigmoid,
  },
  swish: {
    name: 'swish',
    aliases: ['silu'],
    formula: 'x / (1 + e^-x)',
    source: 'Elfwing et al. 2017 (SiLU); Ramachandran et al. 2017',
    isSmooth: true,
    apply: (x) => mul(x, sigmoid(x)),
  },
  hardSwish: {
    name: 'hardSwish',
    aliases: ['hard_swish', 'hardSilu', 'hard_silu'],
    formula: 'x min(6, max(0, x + 3)) / 6',
    source: 'Howard et al. 2019 (MobileNetV3)',
    isSmooth: false,
    apply: hardSwish,
  },
  gelu: {
    name: 'gelu',
    aliases: [],
    formula: 'x (1 + erf(x / √2)) / 2',
    source: 'Hendrycks & Gimpel 2016',
    isSmooth: true,
    apply: gelu,
  },
  geluTanh: {
    name: 'geluTanh',
    aliases: ['gelu_new', 'gelu_tanh'],
    formula: 'x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2',
    source: 'Hendrycks & Gimpel 2016, the approximation; gelu_new of tfjs',
    isSmooth: true,
    apply: geluTanh,
  },
  mish: {
    name: 'mish',
    aliases: [],
    formula: 'x tanh(log(1 + e^x))',
    source: 'Misra 2019',
    isSmooth: true,
    apply: mish,
  },
  exponential: {
    name: 'exponential',
    aliases: ['exp'],
    formula: 'e^x',
    source: 'keras.activations.exponential',
    isSmooth: true,
    apply: exp,
  },
  gaussian: {
    name: 'gaussian',
    aliases: [],
    formula: 'e^(-x²)',
    source: 'Broomhead & Lowe 1988',
    isSmooth: true,
    apply: (x) => exp(neg(square(x))),
  },
  sine: {
    name: 'sine',
    aliases: ['sin'],
    formula: 'sin x',
    source: 'Sitzmann et al. 2020 (SIREN), with ω = 1',
    isSmooth: true,
    apply: sin,
  },
  softmax: {
    name: 'softmax',
    aliases: [],
    formula: 'e^(x[i]) / Σ_j e^(x[j]), last axis',
    source: 'Bridle 1990',
    isSmooth: true,
    apply: softmax,
  },
  logSoftmax: {
    name: 'logSoftmax',
    aliases: ['log_softmax'],
    formula: 'x[i] - log Σ_j e^(x[j]), last axis',
    source: 'tfjs logSoftmax',
    isSmooth: true,
    apply: logSoftmax,
  },
};

/**
 * The activation of this name or alias, such as 'silu' or 'gelu_new'.
 *
 * Throws   ValueError that lists every activation
 *
 * @example
 * activation('relu').apply(x)
 */
export function activation(name: string): ActivationSpec {
  return findByName('activation', activations, name);
}
