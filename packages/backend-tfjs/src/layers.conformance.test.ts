/** @file Every layer record on the samples of the record, with its gradient and its second gradient. */
import type { Backend, TensorData, TensorMap } from '@polyneuron/backend';
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
import { appliesTo, testRandom, tolerances } from '@polyneuron/testing';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { findBackend, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTfjsBackend } from './index.js';
import { expectRun } from './testing/expectAsInterpreted.js';

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

describe('layers on tfjs', () => {
  const backends = new Map<string, Backend>();
  beforeAll(async () => {
    for (const tfjsName of ['cpu', 'wasm']) {
      expect(await setBackend(tfjsName)).toBe(true);
      backends.set(tfjsName, createTfjsBackend());
    }
  });

  it.each(names)('cpu and wasm compute %s to its second derivatives', async (name) => {
    const spec = table[name];
    const held = () => [...backends.keys()].map((tfjsName) => findBackend(tfjsName).numDataIds());
    const before = held();
    for (const sample of spec.samples.filter((one) => appliesTo('backendTfjs', spec, one))) {
      for (const [batch, highest] of orders) {
        const { config, inputShapes } = sample;
        const forward = layerProgram(spec, config, { batch, inputShapes, isTraining: true });
        for (const [order, program] of derivativesOf(forward, highest).entries()) {
          const inputs = valuesOf(program, spec, sample);
          const expected = interpret(program, { inputs });
          for (const [tfjsName, backend] of backends) {
            const what = `${tfjsName}: ${JSON.stringify(config)} of ${JSON.stringify(inputShapes)}, batch ${batch}, order ${order}`;
            await expectRun({ backend, program, inputs, expected, tolerance: bounds[order], what });
          }
        }
      }
    }
    expect(held()).toEqual(before);
  });
});

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
