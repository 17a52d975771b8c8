/** @file The frame that fwfm and fmfm share: one number per sample, bias + linear part + weighted pairs. */
import { add, matMul, type Node, reshape, type Shape, ValueError } from '@polyneuron/graph';
import { type ActivationName, activation } from '../../activations/activations.js';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { ParameterSpec } from '../../layerSpec.js';
import { requireOneOf } from '../checks.js';
import { type FieldsShape, fieldsInput } from './fieldsInput.js';

/** How the weights of pairs begin: with half of the output's variance, or at 0. */
export type FieldScoreStart = 'calibrated' | 'linear';

export interface FieldScoreConfig {
  /** Adds Σ_i ⟨w[i], x[i]⟩, a weight vector per field. */
  readonly useLinear: boolean;
  readonly useBias: boolean;
  readonly activation: ActivationName;
  readonly start: FieldScoreStart;
  /** Law of the linear weights, and of those of pairs unless they start at 0; null: the calibrated laws. */
  readonly kernelInitializer: InitializerConfig | null;
  readonly biasInitializer: InitializerConfig;
}

export const fieldScoreDefaults: FieldScoreConfig = {
  useLinear: true,
  useBias: true,
  activation: 'linear',
  start: 'calibrated',
  kernelInitializer: null,
  biasInitializer: initializers.zeros,
};

/** Throws   ShapeError on fewer than two fields; ValueError on an unknown start, or 'linear' without a linear part */
export function fieldScoreShape(
  layer: string,
  { start, useLinear }: FieldScoreConfig,
  inputShapes: readonly Shape[],
): Shape {
  requireOneOf(layer, 'start', start, ['calibrated', 'linear']);
  if (start === 'linear' && !useLinear) {
    throw new ValueError({
      subject: layer,
      expected: "useLinear: true with start 'linear', which begins as the linear part alone",
      received: 'useLinear: false',
      fix: "pass start: 'calibrated', or keep the linear part",
    });
  }
  return [...fieldsInput(layer, inputShapes, 2).leading, 1];
}

/**
 * `pairWeights` of the given shape, then `linear` [F, D] and `bias` [1].
 *
 * `gain` is the variance that pair weights of variance 1 give the sum over pairs: with a linear part both get half of
 * the output's variance.
 */
export function fieldScoreParameters(
  config: FieldScoreConfig,
  { fields, dimension }: FieldsShape,
  pairs: Pick<ParameterSpec, 'shape' | 'fanAxes'> & { readonly gain: number },
): readonly ParameterSpec[] {
  const { useLinear, useBias, start, kernelInitializer, biasInitializer } = config;
  const pairShare = start === 'linear' ? 0 : useLinear ? 0.5 : 1;
  const normal = (variance: number): InitializerConfig => ({
    kind: 'normal',
    mean: 0,
    stddev: Math.sqrt(variance),
  });
  const { gain, ...weights } = pairs;
  return [
    {
      ...weights,
      name: 'pairWeights',
      role: 'kernel',
      initializer: start === 'linear' ? initializers.zeros : (kernelInitializer ?? normal(pairShare / gain)),
      group: 'higherOrder',
    },
    ...(useLinear
      ? [
          {
            name: 'linear',
            shape: [fields, dimension],
            role: 'kernel',
            initializer: kernelInitializer ?? normal((1 - pairShare) / (fields * dimension)),
            fanAxes: { in: [0, 1], out: [] },
          } as const,
        ]
      : []),
    ...(useBias ? [{ name: 'bias', shape: [1], role: 'bias', initializer: biasInitializer } as const] : []),
  ];
}

/** F·D linear weights and the bias. */
export function fieldScoreCount(
  { useLinear, useBias }: FieldScoreConfig,
  { fields, dimension }: FieldsShape,
): number {
  return (useLinear ? fields * dimension : 0) + (useBias ? 1 : 0);
}

/** activation(bias + linear part + pairs): fields [rows, F·D] and sums over pairs [rows, 1] → [rows, 1]. */
export function fieldScore(
  { useLinear, useBias, activation: name }: FieldScoreConfig,
  flat: Node,
  pairs: Node,
  parameters: Readonly<Record<string, Node>>,
): Node {
  const withLinear = useLinear
    ? add(pairs, matMul(flat, reshape(parameters.linear, [flat.shape[1], 1])))
    : pairs;
  return activation(name).apply(useBias ? add(withLinear, parameters.bias) : withLinear);
}
