/** @file Every layer record, its gradient and its second gradient: small in the shapes of its samples, and large. */
import type { TensorData } from '@polyneuron/backend';
import {
  createParameters,
  type LayerName,
  type LayerSpec,
  layerProgram,
  layers,
  parameterName,
  parameterSpecs,
  randomKeyName,
} from '@polyneuron/kernels';
import { appliesTo, type Tolerance, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { drawValues, expectAsInterpreted } from './testing/expectAsInterpreted.js';
import { derivativesOf, keepInState, kernelKinds } from './testing/programForms.js';
import { simdVariants } from './testing/simdVariants.js';
import { createWasmBackend } from './wasmBackend.js';

const table: Readonly<Record<LayerName, LayerSpec>> = layers;
const names = Object.keys(table) as LayerName[];
/** None, one, part of a vector of four samples, whole vectors, and whole ones with a rest. */
const batches = [0, 1, 3, 8, 9];
const { float32 } = tolerances;

/** Inputs of a layer's program, and of its derivatives, that have no batch axis. */
const isParameter = (name: string) => name.includes('parameter:') || name.includes(randomKeyName);

/**
 * The random key, and parameters of such a size that results stay of order 1, as the tolerances assume: small layers
 * as they are some steps after the start, where no zeros hide a term. Those that are not trained keep their initial
 * values.
 */
function valuesOf(
  spec: LayerSpec,
  { config, inputShapes }: LayerSpec['samples'][number],
  draw: (initial: number, normal: number) => number,
): Record<string, TensorData> {
  const random = testRandom(3);
  const initial = createParameters(spec, config, inputShapes, 1);
  const scatter = (values: TensorData) =>
    Float32Array.from(values, (value) => draw(Number(value), random.normal()));
  return {
    [randomKeyName]: Int32Array.of(11, 5),
    ...Object.fromEntries(
      parameterSpecs(spec, config, inputShapes).map(({ name, isTrainable = true, dtype = 'float32' }) => [
        parameterName(name),
        isTrainable && dtype === 'float32' ? scatter(initial[name]) : initial[name],
      ]),
    ),
  };
}

/** Derivatives of large layers are sums of many terms: cotangents of order 1/8 keep the sums of order 1. */
function withSmallCotangents(values: Readonly<Record<string, TensorData>>): Record<string, TensorData> {
  return Object.fromEntries(
    Object.entries(values).map(([name, data]) => [
      name,
      name.startsWith('d:') && data instanceof Float32Array ? data.map((value) => value / 8) : data,
    ]),
  );
}

/** Programs of a layer: forward, gradient and second gradient of each sample. */
function programsOf(spec: LayerSpec, batch: number) {
  const modes = spec.usesRandom ? [true, false] : [true];
  const samples = spec.samples.filter((sample) => appliesTo('backendWasm', spec, sample));
  return samples.flatMap(({ config, inputShapes }) =>
    modes.flatMap((isTraining) =>
      derivativesOf(layerProgram(spec, config, { batch, inputShapes, isTraining }), 2).map(
        (program, order) => ({
          program,
          order,
          title: `${JSON.stringify(config)} of ${JSON.stringify(inputShapes)}, batch ${batch}, order ${order}`,
          fixed: valuesOf(spec, { config, inputShapes }, (initial, normal) => initial + normal / 4),
        }),
      ),
    ),
  );
}

function pick(specs: object, values: Readonly<Record<string, TensorData>>): Record<string, TensorData> {
  return Object.fromEntries(Object.keys(specs).map((name) => [name, values[name]]));
}

describe.each(simdVariants())('wasm, relaxed: %s', (relaxed) => {
  const backend = createWasmBackend({ relaxed });
  const orders: readonly Tolerance[] = [float32.transcendental, float32.gradient, float32.secondDerivative];

  it.each(names)('computes %s to its second derivatives', async (name) => {
    for (const batch of batches) {
      for (const { program, order, title, fixed } of programsOf(table[name], batch)) {
        const values = drawValues(program.inputs, 3 + batch, fixed);
        const comparison = { backend, tolerance: orders[order] };
        await expectAsInterpreted({ ...comparison, title, program, inputs: values });
        if (batch < 8) continue;
        // Parameters that stay on the device leave inputs of one batch: the form that lanes take
        const kept = keepInState(program, isParameter);
        await expectAsInterpreted({
          ...comparison,
          title: `${title}, parameters in state`,
          program: kept,
          inputs: pick(kept.inputs, values),
          state: pick(kept.state, values),
        });
      }
    }
  });

  it.each(names)('computes a large %s to its second derivatives', async (name) => {
    const { config, batch, inputShapes } = table[name].largeSample;
    // The longest sum has 65 terms
    const bounds = [float32.contraction(65), float32.gradient, float32.secondDerivative];
    const forward = layerProgram(table[name], config, { batch, inputShapes, isTraining: true });
    const fixed = valuesOf(table[name], table[name].largeSample, (_, normal) => normal / 8);
    for (const [order, program] of derivativesOf(forward, 2).entries()) {
      const values = withSmallCotangents(drawValues(program.inputs, 5, fixed));
      await expectAsInterpreted({
        title: `order ${order}`,
        backend,
        program,
        inputs: values,
        tolerance: bounds[order],
      });
    }
  });
});

describe('the plans of these programs', () => {
  const programs = names.flatMap((name) =>
    programsOf(table[name], 9).map(({ program, order }) => ({ name, order, program })),
  );

  it('have every kind of kernel that layers need', () => {
    const kinds = programs.flatMap(({ program }) => [...kernelKinds(program)]);
    expect([...new Set(kinds)].sort()).toEqual([
      'contraction',
      'cumulative',
      'gather',
      'lanes',
      'loop',
      'random',
      'scatterAdd',
    ]);
  });

  it.each([0, 1, 2])('run across lanes when parameters are state, at order %i', (wanted) => {
    const inLanes = new Set(
      programs
        .filter(
          ({ order, program }) =>
            order === wanted && kernelKinds(keepInState(program, isParameter)).has('lanes'),
        )
        .map(({ name }) => name),
    );
    for (const name of ['quadDense', 'featureCross', 'taylor', 'householder', 'dense', 'softmax'] as const)
      expect(inLanes).toContain(name);
  });
});
