/** @file Every layer record and its derivatives as cases: small in the shapes of its samples, and large. */
import type { TensorData } from '@polyneuron/backend';
import { type DType, gradientProgram, type Program, sizeOf, type TensorSpec } from '@polyneuron/graph';
import {
  createParameters,
  type LayerSpec,
  layerProgram,
  layers,
  parameterName,
  parameterSpecs,
  randomKeyName,
} from '@polyneuron/kernels';
import { appliesTo, testRandom, tolerances } from '@polyneuron/testing';
import { orders } from './conformanceCases.js';
import type { ShimCase } from './shimCase.js';

const table: Readonly<Record<string, LayerSpec>> = layers;
const { float32 } = tolerances;
export const layerNames = Object.keys(table);

/** All samples of a layer and their derivatives; `orderOf` says up to which, by the place of the sample. */
export function layerCases(name: string, batch: number, orderOf: (sample: number) => number): ShimCase[] {
  const spec = table[name];
  const modes = spec.usesRandom ? [true, false] : [true];
  return spec.samples
    .filter((sample) => appliesTo('backendWasm', spec, sample))
    .flatMap((sample, place) => modes.map((isTraining) => ({ sample, place, isTraining })))
    .flatMap(({ sample, place, isTraining }) => {
      const { config, inputShapes } = sample;
      const fixed = fixedValues(spec, sample, (initial, normal) => initial + normal / 4);
      const forward = layerProgram(spec, config, { batch, inputShapes, isTraining });
      return derivativesOf(forward, orderOf(place)).map(
        (program, at): ShimCase => ({
          title: `${name} ${JSON.stringify(config)} of ${JSON.stringify(inputShapes)}, batch ${batch}, order ${at}`,
          program,
          inputs: [drawValues(program.inputs, 3 + batch, fixed)],
          tolerance: orders[at],
        }),
      );
    });
}

/** The large sample, whose sums have up to 65 terms, in the batch of its record. */
export function largeLayerCases(name: string, order: number): ShimCase[] {
  const spec = table[name];
  const { config, batch, inputShapes } = spec.largeSample;
  const forward = layerProgram(spec, config, { batch, inputShapes, isTraining: true });
  const fixed = fixedValues(spec, spec.largeSample, (_, normal) => normal / 8);
  const bounds = [float32.contraction(65), float32.gradient, float32.secondDerivative];
  return derivativesOf(forward, order).map((program, at) => ({
    title: `large ${name}, order ${at}`,
    program,
    inputs: [withSmallCotangents(drawValues(program.inputs, 5, fixed))],
    tolerance: bounds[at],
  }));
}

/** A program, its gradient program and the gradient program of that, as far as there are derivatives. */
export function derivativesOf(program: Program, order: number): Program[] {
  if (order === 0) return [program];
  const next = gradientProgram(program);
  return Object.keys(next.outputs).length === 0 ? [program] : [program, ...derivativesOf(next, order - 1)];
}

/** The random key, and parameters that keep results of order 1; those that are not trained stay as they are made. */
function fixedValues(
  spec: LayerSpec,
  { config, inputShapes }: Pick<LayerSpec['samples'][number], 'config' | 'inputShapes'>,
  draw: (initial: number, normal: number) => number,
): Record<string, TensorData> {
  const random = testRandom(3);
  const initial = createParameters(spec, config, inputShapes, 1);
  const entries = parameterSpecs(spec, config, inputShapes).map(
    ({ name, isTrainable = true, dtype = 'float32' }): [string, TensorData] => [
      parameterName(name),
      isTrainable && dtype === 'float32'
        ? Float32Array.from(initial[name], (value) => draw(Number(value), random.normal()))
        : initial[name],
    ],
  );
  return { [randomKeyName]: Int32Array.of(11, 5), ...Object.fromEntries(entries) };
}

/** Derivatives of large layers are sums of many terms: cotangents of order 1/8 keep the sums of order 1. */
const withSmallCotangents = (values: Readonly<Record<string, TensorData>>): Record<string, TensorData> =>
  Object.fromEntries(
    Object.entries(values).map(([name, data]) => [
      name,
      name.startsWith('d:') && data instanceof Float32Array ? data.map((value) => value / 8) : data,
    ]),
  );

/** Values for every spec by its name: `fixed` where it names one, else standard normal numbers; integers are 0. */
export function drawValues(
  specs: Readonly<Record<string, TensorSpec>>,
  seed: number,
  fixed: Readonly<Record<string, TensorData>> = {},
): Record<string, TensorData> {
  const random = testRandom(seed);
  const draw: { readonly [K in DType]: (count: number) => TensorData } = {
    float32: (count) => Float32Array.from(random.normals(count)),
    int32: (count) => new Int32Array(count),
    bool: (count) => Uint8Array.from({ length: count }, () => random.integer(2)),
  };
  return Object.fromEntries(
    Object.entries(specs).map(([name, { shape, dtype }]) => [
      name,
      fixed[name] ?? draw[dtype](sizeOf(shape)),
    ]),
  );
}
