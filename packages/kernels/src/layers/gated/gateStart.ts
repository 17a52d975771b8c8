/** @file How gated layers begin: the laws of the two kernels of act(x W + b) ⊙ (x V + c), by gate and start. */
import { ValueError } from '@polyneuron/graph';
import { type ActivationName, activation } from '../../activations/activations.js';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { ParameterSpec } from '../../layerSpec.js';
import { requireOneOf } from '../checks.js';
import { orthogonalLaw } from '../quadratic/quadraticStart.js';

/**
 * 'calibrated'  unit variance in, unit variance out; with biases the gate is nearly constant, and stacks stay bounded
 * 'linear'      the gate is constant: the layer is linear, and learns to gate from there
 * 'random'      Glorot, zero biases: the plain start of the field, which neither keeps the variance nor stacks
 */
export type GateStart = 'calibrated' | 'linear' | 'random';

export const gateStarts: readonly GateStart[] = ['calibrated', 'linear', 'random'];

export interface GateOptions {
  readonly gate: ActivationName;
  readonly useBias: boolean;
  readonly start: GateStart;
  readonly kernelInitializer: InitializerConfig | null;
  readonly biasInitializer: InitializerConfig;
}

/** Variance of the gate's argument in the calibrated start with a bias; σ(z), 1 + z, ... then vary by an eighth or less. */
const gateVariance = 1 / 64;

interface GateLaw {
  /** Gate bias of the constant gate: where the activation is 1, or for sigmoid its middle. */
  readonly bias: number;
  /** act(bias) */
  readonly value: number;
  /** E act(bias + z / 8)² for z ~ N(0, 1), by quadrature. */
  readonly secondMoment: number;
  /** E act(z)², for a layer without biases. */
  readonly plainSecondMoment: number;
}

/** Gates whose laws are known, by the name of the activation. */
export const gateLaws: Readonly<Record<string, GateLaw>> = {
  sigmoid: {
    bias: 0,
    value: 0.5,
    secondMoment: 0.25096901636295144,
    plainSecondMoment: 0.293379035858093,
  },
  linear: { bias: 1, value: 1, secondMoment: 1.015625, plainSecondMoment: 1 },
  relu: { bias: 1, value: 1, secondMoment: 1.015625, plainSecondMoment: 0.5 },
  gelu: {
    bias: 1.1444507183529453,
    value: 1,
    secondMoment: 1.0213962261050398,
    plainSecondMoment: 0.42522148257029874,
  },
  geluTanh: {
    bias: 1.1446303090228502,
    value: 1,
    secondMoment: 1.0213995872957222,
    plainSecondMoment: 0.42519371103309944,
  },
  swish: {
    bias: 1.2784645427610737,
    value: 1,
    secondMoment: 1.0189727168111637,
    plainSecondMoment: 0.3557755198173521,
  },
};

/**
 * gateKernel and valueKernel [inputs, units], and with biases gateBias and valueBias [units].
 *
 * Calibrated: for x ~ N(0, 1)^n and W of variance ω / (n + 2), g = x W has variance ω |x|² / (n + 2) given x, and with
 * E |x|⁴ = n (n + 2) the second moment of act(b + g) (x V) is that of act(b + √ω z), up to terms of order ω² / n, times
 * E (v·x)² = |x|² / n for an orthogonal V. ω = 1/64 and b where the gate is 1; without biases b = 0 and ω = 1, as
 * act(0) is 0 for most gates.
 */
export function gateParameters(options: GateOptions, inputs: number, units: number): ParameterSpec[] {
  const { useBias, start, biasInitializer } = options;
  const { gateKernel, gateBias, valueKernel } = laws[start](options, inputs, units);
  const kernel = (name: string, initializer: InitializerConfig) =>
    ({ name, shape: [inputs, units], role: 'kernel', initializer, fanAxes: { in: [0], out: [1] } }) as const;
  const bias = (name: string, initializer: InitializerConfig) =>
    ({ name, shape: [units], role: 'bias', initializer }) as const;
  return [
    { ...kernel('gateKernel', gateKernel), group: 'higherOrder' },
    kernel('valueKernel', valueKernel),
    ...(useBias
      ? [{ ...bias('gateBias', gateBias), group: 'higherOrder' } as const, bias('valueBias', biasInitializer)]
      : []),
  ];
}

type Laws = Readonly<Record<'gateKernel' | 'gateBias' | 'valueKernel', InitializerConfig>>;

const laws: {
  readonly [K in GateStart]: (options: GateOptions, inputs: number, units: number) => Laws;
} = {
  calibrated({ gate, useBias, kernelInitializer }, inputs, units) {
    const { bias, secondMoment, plainSecondMoment } = gateLaws[activation(gate).name];
    const isShifted = useBias || bias === 0;
    const variance = (isShifted ? gateVariance : 1) / (inputs + 2);
    return {
      gateKernel: kernelInitializer ?? { kind: 'normal', mean: 0, stddev: Math.sqrt(variance) },
      gateBias: { kind: 'constant', value: bias },
      valueKernel:
        kernelInitializer ?? orthogonalLaw(1 / (isShifted ? secondMoment : plainSecondMoment), inputs, units),
    };
  },
  linear({ gate, kernelInitializer }, inputs, units) {
    const { bias, value } = gateLaws[activation(gate).name];
    return {
      gateKernel: initializers.zeros,
      gateBias: { kind: 'constant', value: bias },
      valueKernel: kernelInitializer ?? orthogonalLaw(1 / value ** 2, inputs, units),
    };
  },
  random({ kernelInitializer, biasInitializer }) {
    const kernel = kernelInitializer ?? initializers.glorotUniform;
    return { gateKernel: kernel, gateBias: biasInitializer, valueKernel: kernel };
  },
};

/** Rejects starts that the gate does not have, and gates that are no activation. */
export function requireGate(layer: string, { gate, start, useBias }: GateOptions): void {
  requireOneOf(layer, 'start', start, gateStarts);
  const { name } = activation(gate);
  if (start === 'random') return;
  const law = Object.hasOwn(gateLaws, name) ? gateLaws[name] : undefined;
  if (!law) {
    throw new ValueError({
      subject: layer,
      expected: `gate to be one of ${Object.keys(gateLaws).join(', ')} with start '${start}'`,
      received: `'${gate}'`,
      fix: "pass start: 'random' for other gates",
    });
  }
  if (start === 'linear' && !useBias && law.bias !== 0) {
    throw new ValueError({
      subject: layer,
      expected: `useBias: true with start 'linear', whose gate '${gate}' is held at 1 by its bias`,
      received: 'useBias: false',
      fix: "keep the biases, or pass start: 'calibrated'",
    });
  }
}
