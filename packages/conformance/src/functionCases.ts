/** @file Every activation and loss, with first and second derivatives where they are smooth, over the sizes asked for. */
import type { TensorMap } from '@polyneuron/backend';
import { input, mean, type Program, programOf } from '@polyneuron/graph';
import { activations, type LossSpec, losses } from '@polyneuron/kernels';
import { testRandom } from '@polyneuron/testing';
import type { DerivativeCase } from './conformanceCase.js';
import { drawValues } from './drawValues.js';
import { derivativeTolerances } from './layerCases.js';
import { derivativesOf } from './programForms.js';

const classes = 3;

export const allActivations = Object.values(activations);
export const allLosses: readonly LossSpec[] = Object.values(losses);

export function activationCases(
  spec: (typeof allActivations)[number],
  sizes: readonly number[],
): DerivativeCase[] {
  return sizes.flatMap((size) => {
    const shape = spec.name.endsWith('oftmax') ? [size, 5] : [size];
    const y = spec.apply(input('x', { shape, dtype: 'float32' }));
    return derivativeCases(programOf(spec.name, { y }), {}, spec.isSmooth ? 2 : 1);
  });
}

/** Values per sample and their mean. */
export const lossCases = (spec: LossSpec, sizes: readonly number[]): DerivativeCase[] =>
  sizes.flatMap((batch) => derivativeCases(lossProgram(spec, batch), lossValues(spec, batch), 2));

function derivativeCases(program: Program, values: TensorMap, order: number): DerivativeCase[] {
  return derivativesOf(program, order).map((derivative, at) => ({
    title: `${program.name} of ${Object.values(program.inputs)[0].shape}, order ${at}`,
    order: at,
    program: derivative,
    inputs: [drawValues(derivative.inputs, 8, values)],
    tolerance: derivativeTolerances[at],
  }));
}

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
function lossValues(spec: LossSpec, batch: number): TensorMap {
  const random = testRandom(6);
  return {
    p: Float32Array.from(random.uniforms(batch * classes, 0.2, 0.9)),
    t:
      spec.targets === 'classIndices'
        ? Int32Array.from({ length: batch }, () => random.integer(classes))
        : Float32Array.from(random.uniforms(batch * classes, 0.05, 0.15)),
  };
}
