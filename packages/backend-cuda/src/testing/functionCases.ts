/** @file Every activation, loss and optimizer as cases, over sizes on both sides of a warp. */
import type { TensorData } from '@polyneuron/backend';
import { input, mean, type Program, programOf, sizeOf, state } from '@polyneuron/graph';
import {
  activations,
  type LossSpec,
  losses,
  type OptimizerSpec,
  optimizers,
  stepOptimizer,
} from '@polyneuron/kernels';
import { testRandom, tolerances } from '@polyneuron/testing';
import { orders } from './conformanceCases.js';
import { derivativesOf, drawValues } from './layerCases.js';
import type { ShimCase } from './shimCase.js';

const sizes = [0, 1, 33];
const classes = 3;

export const allActivations = Object.values(activations);
export const allLosses: readonly LossSpec[] = Object.values(losses);
export const allOptimizers: readonly OptimizerSpec[] = Object.values(optimizers);

export function activationCases(spec: (typeof allActivations)[number]): ShimCase[] {
  return sizes.flatMap((size) => {
    const shape = spec.name.endsWith('oftmax') ? [size, 5] : [size];
    const y = spec.apply(input('x', { shape, dtype: 'float32' }));
    return derivativeCases(programOf(spec.name, { y }), {}, spec.isSmooth ? 2 : 1);
  });
}

export const lossCases = (spec: LossSpec): ShimCase[] =>
  sizes.flatMap((batch) => derivativeCases(lossProgram(spec, batch), lossValues(spec, batch), 2));

function derivativeCases(
  program: Program,
  values: Readonly<Record<string, TensorData>>,
  order: number,
): ShimCase[] {
  return derivativesOf(program, order).map((derivative, at) => ({
    title: `${program.name} of ${Object.values(program.inputs)[0].shape}, order ${at}`,
    program: derivative,
    inputs: [drawValues(derivative.inputs, 8, values)],
    tolerance: orders[at],
  }));
}

/** Values per sample and their mean. */
function lossProgram(spec: LossSpec, batch: number): Program {
  const isSparse = spec.targets === 'classIndices';
  const t = input(
    't',
    isSparse ? { shape: [batch], dtype: 'int32' } : { shape: [batch, classes], dtype: 'float32' },
  );
  const perSample = spec.perSample(t, input('p', { shape: [batch, classes], dtype: 'float32' }));
  return programOf(spec.name, { perSample, ...(batch > 0 && { mean: mean(perSample) }) });
}

/** Positive everywhere and away from every kink: valid as probabilities, rates, margins and logits alike. */
function lossValues(spec: LossSpec, batch: number): Record<string, TensorData> {
  const random = testRandom(6);
  return {
    p: Float32Array.from(random.uniforms(batch * classes, 0.2, 0.9)),
    t:
      spec.targets === 'classIndices'
        ? Int32Array.from({ length: batch }, () => random.integer(classes))
        : Float32Array.from(random.uniforms(batch * classes, 0.05, 0.15)),
  };
}

/** Options that change the arithmetic of some optimizers; each takes those that it knows. */
const options = [
  {},
  { useNesterov: true },
  { centered: true, momentum: 0.9 },
  { epsilonPlacement: 'outside' },
  { decay: 0.1 },
];

const arrays = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

/** The rule of an optimizer in both dialects over parameters of several sizes, three steps by `scan`. */
export function optimizerCases(spec: OptimizerSpec): ShimCase[] {
  return (['tfjs', 'keras'] as const).flatMap((dialect) =>
    options
      .filter((config) => Object.keys(config).every((option) => option in spec.defaults))
      .map((config): ShimCase => {
        const named = (make: typeof state, prefix: string) =>
          Object.fromEntries(
            sizes.map((size) => [`p${size}`, make(`${prefix}p${size}`, { shape: [size], dtype: 'float32' })]),
          );
        const parameters = named(state, '');
        const gradients = named(input, 'gradient:');
        const step = stepOptimizer({ spec, config: { ...config, dialect }, parameters, gradients });
        const specOf = ({ shape, dtype }: (typeof parameters)[string]) => ({ shape, dtype });
        const program: Program = {
          name: spec.name,
          inputs: Object.fromEntries(
            Object.entries(gradients).map(([name, node]) => [`gradient:${name}`, specOf(node)]),
          ),
          state: {
            ...Object.fromEntries(Object.entries(parameters).map(([name, node]) => [name, specOf(node)])),
            ...Object.fromEntries(Object.entries(step.state).map(([name, entry]) => [name, entry.spec])),
          },
          outputs: {},
          updates: { ...step.parameters, ...step.updates },
        };
        const start = drawValues(program.state, 2);
        for (const [name, { spec: entry, initialValue }] of Object.entries(step.state))
          start[name] = new arrays[entry.dtype](sizeOf(entry.shape)).fill(initialValue);
        return {
          title: `${spec.name}, ${dialect} ${JSON.stringify(config)}`,
          program,
          inputs: [1, 2, 3].map((seed) => drawValues(program.inputs, seed)),
          state: start,
          tolerance: tolerances.float32.trainingRun,
          isScan: true,
        };
      }),
  );
}
