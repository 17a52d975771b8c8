/** @file Every layer record on the samples of the record, with its gradient and its second gradient. */
import type { Backend, TensorData, TensorMap } from '@polyneuron/backend';
import { createTfjsBackend } from '@polyneuron/backend-tfjs';
import { gradientProgram, interpret, type Program, sizeOf } from '@polyneuron/graph';
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
import { appliesTo, expectClose, type Tolerance, testRandom, tolerances } from '@polyneuron/testing';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadTensorflow } from './load/loadTensorflow.js';
import { registerTfjsBackend, tfjsName } from './load/registerTfjsBackend.js';
import { createTensorflowBackend } from './tensorflowBackend.js';
import { hasBinding, warnWithoutBinding } from './testing/foundBinding.js';
import { joinPrograms, type Part } from './testing/joinPrograms.js';

type Sample = LayerSpec['samples'][number];

const table: Readonly<Record<LayerName, LayerSpec>> = layers;
const names = Object.keys(table) as LayerName[];
const { transcendental, gradient, secondDerivative } = tolerances.float32;
const bounds = [transcendental, gradient, secondDerivative];

/** Orders of derivatives by batch size. */
const orders: readonly (readonly [batch: number, order: number])[] = [
  [3, 2],
  [1, 1],
  [0, 1],
];

interface Case extends Part {
  readonly what: string;
  readonly tolerance: Tolerance;
  readonly expected: Readonly<Record<string, Float64Array>>;
}

warnWithoutBinding('the layers on TensorFlow');

describe.skipIf(!hasBinding)('layers on TensorFlow', () => {
  const backends: Backend[] = [];
  beforeAll(async () => {
    registerTfjsBackend({ device: 'cpu' });
    expect(await setBackend(tfjsName)).toBe(true);
    backends.push(createTensorflowBackend(loadTensorflow()), createTfjsBackend());
  });

  it.each(names)('a graph and op by op compute %s to its second derivatives', async (name) => {
    const t1 = performance.now(); const cases = casesOf(table[name]); console.log(name, "interpret", Math.round(performance.now()-t1));
    const { program, inputs } = joinPrograms(name, cases);
    for (const backend of backends) { const t0 = performance.now();
      const executable = await backend.compile(program);
      const outputs = await executable.run(inputs);
      executable.dispose(); console.log(name, backend.name, cases.length, Math.round(performance.now()-t0));
      for (const [at, { expected, tolerance, what }] of cases.entries())
        for (const key in expected)
          labelled(`${backend.name}: ${what}, output ${key}`, () =>
            expectClose(outputs[`${at}/${key}`], expected[key], tolerance),
          );
    }
  });
});

function casesOf(spec: LayerSpec): Case[] {
  const samples = spec.samples.filter((sample) => appliesTo('backendTfjs', spec, sample));
  return samples.flatMap((sample) =>
    orders.flatMap(([batch, highest]) => {
      const { config, inputShapes } = sample;
      const forward = layerProgram(spec, config, { batch, inputShapes, isTraining: true });
      return derivativesOf(forward, highest).map((program, order) => {
        const inputs = valuesOf(program, spec, sample);
        const what = `${JSON.stringify(config)} of ${JSON.stringify(inputShapes)}, batch ${batch}, order ${order}`;
        const expected = interpret(program, { inputs }).outputs;
        return { program, inputs, expected, tolerance: bounds[order], what };
      });
    }),
  );
}

/** A program, its gradient program and the gradient program of that, as far as there are derivatives. */
function derivativesOf(program: Program, order: number): Program[] {
  const next = gradientProgram(program);
  if (order === 0 || Object.keys(next.outputs).length === 0) return [program];
  return [program, ...derivativesOf(next, order - 1)];
}

/**
 * Inputs of the standard normal law, and parameters as they are some steps after the start: results stay of order 1, as
 * the tolerances assume, and no start of zeros hides a term. Integers and parameters that are not trained keep their
 * initial values.
 */
function valuesOf(program: Program, spec: LayerSpec, { config, inputShapes }: Sample): TensorMap {
  const random = testRandom(3);
  const scatter = (values: TensorData) =>
    Float32Array.from(values, (value) => Number(value) + random.normal() / 4);
  const initial = createParameters(spec, config, inputShapes, 1);
  const given: TensorMap = {
    [randomKeyName]: Int32Array.of(11, 5),
    ...Object.fromEntries(
      parameterSpecs(spec, config, inputShapes).map(({ name, isTrainable = true, dtype = 'float32' }) => [
        parameterName(name),
        isTrainable && dtype === 'float32' ? scatter(initial[name]) : initial[name],
      ]),
    ),
  };
  return Object.fromEntries(
    Object.entries(program.inputs).map(([name, { shape }]) => [
      name,
      given[name] ?? Float32Array.from(random.normals(sizeOf(shape))),
    ]),
  );
}

function labelled(what: string, body: () => void): void {
  try {
    body();
  } catch (error) {
    throw new Error(`${what}: ${(error as Error).message}`, { cause: error });
  }
}
