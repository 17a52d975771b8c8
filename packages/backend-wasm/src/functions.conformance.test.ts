/** @file Every activation and every loss, with first and second derivatives, over many sizes. */
import { input, mean, type Program, programOf } from '@polyneuron/graph';
import { activations, type LossSpec, losses } from '@polyneuron/kernels';
import { type Tolerance, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { drawValues, expectAsInterpreted } from './testing/expectAsInterpreted.js';
import { derivativesOf, keepInState, kernelKinds } from './testing/programForms.js';
import { simdVariants } from './testing/simdVariants.js';
import { createWasmBackend } from './wasmBackend.js';

const sizes = [0, 1, 3, 4, 5, 7, 8, 9, 17, 64, 65];
const { float32 } = tolerances;
const orders: readonly Tolerance[] = [float32.transcendental, float32.gradient, float32.secondDerivative];
const allActivations = Object.values(activations);
const allLosses: readonly LossSpec[] = Object.values(losses);
const classes = 3;

function activationProgram(spec: (typeof allActivations)[number], size: number): Program {
  const shape = spec.name.endsWith('oftmax') ? [size, 5] : [size];
  return programOf(spec.name, { y: spec.apply(input('x', { shape, dtype: 'float32' })) });
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
function lossValues(spec: LossSpec, batch: number) {
  const random = testRandom(6);
  return {
    p: Float32Array.from(random.uniforms(batch * classes, 0.2, 0.9)),
    t:
      spec.targets === 'classIndices'
        ? Int32Array.from({ length: batch }, () => random.integer(classes))
        : Float32Array.from(random.uniforms(batch * classes, 0.05, 0.15)),
  };
}

/** The same program twice: fed as inputs, which runs across lanes from eight samples on, and kept in state. */
const forms = [false, true] as const;
const inForm = (program: Program, isKept: boolean) => keepInState(program, () => isKept);

describe.each(simdVariants())('wasm, relaxed: %s', (relaxed) => {
  const backend = createWasmBackend({ relaxed });

  async function expectDerivatives(program: Program, values: ReturnType<typeof drawValues>, order: number) {
    for (const [at, derivative] of derivativesOf(program, order).entries()) {
      const bound = drawValues(derivative.inputs, 8, values);
      for (const isKept of forms)
        await expectAsInterpreted({
          title: `order ${at}, ${isKept ? 'state' : 'inputs'}`,
          backend,
          program: inForm(derivative, isKept),
          inputs: isKept ? {} : bound,
          state: isKept ? bound : {},
          tolerance: orders[at],
        });
    }
  }

  it.each(allActivations)('activation $name', async (spec) => {
    for (const size of sizes) {
      const program = activationProgram(spec, size);
      await expectDerivatives(program, drawValues(program.inputs, size), spec.isSmooth ? 2 : 1);
    }
  });

  it.each(allLosses)('loss $name', async (spec) => {
    for (const batch of sizes) await expectDerivatives(lossProgram(spec, batch), lossValues(spec, batch), 2);
  });
});

describe('the plans of these programs', () => {
  const programs = [
    ...allActivations.map((spec) => activationProgram(spec, 9)),
    ...allLosses.map((spec) => lossProgram(spec, 9)),
  ].flatMap((program) => derivativesOf(program, 1));

  it('run across lanes as inputs, and as plain loops from state', () => {
    for (const program of programs) {
      const kinds = forms.map((isKept) => [...kernelKinds(inForm(program, isKept))]);
      expect(kinds[0], program.name).toContain('lanes');
      expect(kinds[1], program.name).not.toContain('lanes');
    }
  });
});
