import type { Node } from '@polyneuron/graph';
import type { ActivationName } from '../../activations/activations.js';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { ParameterSpec } from '../../layerSpec.js';
import { requireOneOf, requireWhole } from '../checks.js';
import type { CrossStart } from './crossStart.js';

/** How the gates of experts are made of their scores. */
export type ExpertGate = 'softmax' | 'sigmoid';

const expertGates: readonly ExpertGate[] = ['softmax', 'sigmoid'];

/** What every kind of step is told. */
export interface PlainStepConfig {
  readonly useBias: boolean;
  readonly start: CrossStart;
  /** Law of the kernels that the start does not set to 0; null: the law of the start. */
  readonly kernelInitializer: InitializerConfig | null;
  readonly biasInitializer: InitializerConfig;
}

/** Each kind reads what it needs. */
export interface CrossStepConfig extends PlainStepConfig {
  /** Rank r of 'lowRank' and of each expert of 'mix'; null: a quarter of the features, rounded up. */
  readonly projectionDim: number | null;
  /** Experts of 'mix'. */
  readonly numExperts: number;
  /** Gates of 'mix'. */
  readonly gate: ExpertGate;
  /** Of 'mix', after each of the two kernels inside an expert. */
  readonly expertActivation: ActivationName;
}

/** One kind of cross step: x' = apply(x0, x), of rows of n features. */
export interface CrossStep<C extends PlainStepConfig = CrossStepConfig> {
  /** Parameters for n features; a calibrated start adds at most `share` times the variance of its input. */
  parameters(config: C, n: number, share: number): readonly ParameterSpec[];
  parameterCount(config: C, n: number): number;
  /** Whether the step adds exactly 1 to the degree in x0. */
  isPolynomial(config: C): boolean;
  /** x0, x [B, ..., n] → [B, ..., n] */
  apply(config: C, x0: Node, x: Node, parameters: Readonly<Record<string, Node>>): Node;
}

/** Rejects sizes below 1 and unknown gates. */
export function requireStepOptions(
  layer: string,
  config: Pick<CrossStepConfig, 'projectionDim' | 'numExperts' | 'gate'>,
): void {
  if (config.projectionDim !== null) requireWhole(layer, 'projectionDim', config.projectionDim, 1);
  requireWhole(layer, 'numExperts', config.numExperts, 1);
  requireOneOf(layer, 'gate', config.gate, expertGates);
}

export function projectionOf({ projectionDim }: CrossStepConfig, n: number): number {
  return projectionDim ?? Math.ceil(n / 4);
}

/** A kernel inside a product, with its law in each start; what 'identity' sets to 0 is not for the user to change. */
export function stepKernel(
  { start, kernelInitializer }: PlainStepConfig,
  name: string,
  shape: readonly number[],
  laws: { readonly calibrated: InitializerConfig; readonly identity: InitializerConfig },
): ParameterSpec {
  const law = laws[start];
  const rank = shape.length;
  return {
    name,
    shape,
    role: 'kernel',
    initializer: start === 'identity' && law === initializers.zeros ? law : (kernelInitializer ?? law),
    fanAxes: { in: [rank - 2], out: [rank - 1] },
    group: 'higherOrder',
  };
}

export function stepBias({ useBias, biasInitializer }: PlainStepConfig, n: number): readonly ParameterSpec[] {
  return useBias ? [{ name: 'bias', shape: [n], role: 'bias', initializer: biasInitializer }] : [];
}
