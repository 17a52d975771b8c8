/** @file Every optimizer: its rule alone over parameters of many sizes, and inside the step of a small network. */
import type { TensorData } from '@polyneuron/backend';
import {
  defineProgram,
  einsum,
  gradient,
  input,
  mean,
  type Node,
  type Program,
  sizeOf,
  square,
  state,
  sub,
  type TensorSpec,
  tanh,
} from '@polyneuron/graph';
import {
  clipByGlobalNorm,
  clipByNorm,
  clipByValue,
  type Dialect,
  type OptimizerSpec,
  type OptimizerState,
  optimizers,
  stepOptimizer,
} from '@polyneuron/kernels';
import { testRandom, tolerances } from '@polyneuron/testing';
import type { ConformanceCase } from './conformanceCase.js';

const steps = 3;
const dialects: readonly Dialect[] = ['tfjs', 'keras'];

export const allOptimizers: readonly OptimizerSpec[] = Object.values(optimizers);

/** Options that change the arithmetic of some optimizers; each takes those that it knows. */
export const optimizerOptions = [
  {},
  { useNesterov: true },
  { centered: true, momentum: 0.9 },
  { epsilonPlacement: 'outside' },
  { decay: 0.1 },
] as const;

/** The rule of an optimizer in both dialects, over parameters of these sizes whose gradients are fed. */
export function optimizerCases(spec: OptimizerSpec, sizes: readonly number[]): ConformanceCase[] {
  const known = optimizerOptions.filter((options) =>
    Object.keys(options).every((option) => option in spec.defaults),
  );
  return dialects.flatMap((dialect) => known.map((options) => ruleCase(spec, options, dialect, sizes)));
}

function ruleCase(
  spec: OptimizerSpec,
  options: object,
  dialect: Dialect,
  sizes: readonly number[],
): ConformanceCase {
  const nodes = (make: (name: string, spec: TensorSpec) => Node, prefix = '') =>
    Object.fromEntries(
      sizes.map((size) => [`p${size}`, make(`${prefix}p${size}`, { shape: [size], dtype: 'float32' })]),
    );
  const specs = (prefix: string): Record<string, TensorSpec> =>
    Object.fromEntries(
      sizes.map((size) => [`${prefix}p${size}`, { shape: [size], dtype: 'float32' }] as const),
    );
  const step = stepOptimizer({
    spec,
    config: { ...options, dialect },
    parameters: nodes(state),
    gradients: nodes(input, 'gradient:'),
  });
  const program: Program = {
    name: spec.name,
    inputs: specs('gradient:'),
    state: { ...specs(''), ...specsOf(step.state) },
    outputs: {},
    updates: { ...step.parameters, ...step.updates },
  };
  return trainingOf(`${spec.name}, ${dialect} ${JSON.stringify(options)}`, program, step.state);
}

/** Extents of a network of two layers. */
export interface NetworkShape {
  readonly batch: number;
  readonly inputs: number;
  readonly hidden: number;
  readonly outputs: number;
}

/** A network trained by an optimizer. */
export function networkCase(spec: OptimizerSpec, shape: NetworkShape): ConformanceCase {
  return networkOf(`network with ${spec.name}`, spec, shape);
}

/** A network whose gradients are clipped in each of the three ways. */
export function clippingCases(shape: NetworkShape): ConformanceCase[] {
  const clips = {
    clipByValue: clipByValue(0.001),
    clipByNorm: clipByNorm(0.05),
    clipByGlobalNorm: clipByGlobalNorm(0.05),
  };
  return Object.entries(clips).map(([name, clip]) => networkOf(name, optimizers.sgd, shape, clip));
}

function networkOf(
  title: string,
  spec: OptimizerSpec,
  { batch, inputs, hidden, outputs }: NetworkShape,
  clip?: Parameters<typeof stepOptimizer>[0]['clip'],
): ConformanceCase {
  const weights: Record<string, TensorSpec> = {
    v: { shape: [inputs, hidden], dtype: 'float32' },
    w: { shape: [hidden, outputs], dtype: 'float32' },
  };
  const leaves = { v: state('v', weights.v), w: state('w', weights.w) };
  const x = input('x', { shape: [batch, inputs], dtype: 'float32' });
  const y = input('y', { shape: [batch, outputs], dtype: 'float32' });
  const latent = tanh(einsum('bi,ih->bh', x, leaves.v));
  const loss = mean(square(sub(einsum('bh,ho->bo', latent, leaves.w), y)));
  const [v, w] = gradient(loss, [leaves.v, leaves.w]);
  const step = stepOptimizer({ spec, parameters: leaves, gradients: { v, w }, ...(clip && { clip }) });
  const program = defineProgram({
    name: title,
    inputs: { x, y },
    state: { ...weights, ...specsOf(step.state) },
    build: () => ({ outputs: { loss }, updates: { ...step.parameters, ...step.updates } }),
  });
  return trainingOf(title, program, step.state);
}

const specsOf = (entries: Readonly<Record<string, OptimizerState>>): Record<string, TensorSpec> =>
  Object.fromEntries(Object.entries(entries).map(([name, { spec }]) => [name, spec]));

const arrays = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

/** Three steps from weights and with inputs of order 1/4. */
function trainingOf(
  title: string,
  program: Program,
  initial: Readonly<Record<string, OptimizerState>>,
): ConformanceCase {
  const random = testRandom(2);
  const draw = (specs: Program['inputs']) =>
    Object.fromEntries(
      Object.entries(specs).map(([name, { shape }]): [string, TensorData] => [
        name,
        Float32Array.from(random.normals(sizeOf(shape)), (value) => value / 4),
      ]),
    );
  const start = draw(program.state);
  for (const [name, { spec, initialValue }] of Object.entries(initial))
    start[name] = new arrays[spec.dtype](sizeOf(spec.shape)).fill(initialValue);
  const inputs = Array.from({ length: steps }, () => draw(program.inputs));
  return { title, program, inputs, state: start, tolerance: tolerances.float32.trainingRun };
}
