/** @file Every layer record and its derivatives as cases: small in the shapes of its samples, and large. */
import type { TensorData, TensorMap } from '@polyneuron/backend';
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
import { appliesTo, type LayerCheckName, type Tolerance, testRandom, tolerances } from '@polyneuron/testing';
import type { DerivativeCase } from './conformanceCase.js';
import { drawValues } from './drawValues.js';
import { derivativesOf } from './programForms.js';

const { float32 } = tolerances;
/** By order of derivative. */
export const derivativeTolerances: readonly Tolerance[] = [
  float32.transcendental,
  float32.gradient,
  float32.secondDerivative,
];

const table: Readonly<Record<LayerName, LayerSpec>> = layers;
export const layerNames = Object.keys(table) as readonly LayerName[];

export interface LayerCaseOptions {
  /** Takes the samples that this check of the coverage table applies to. default all */
  readonly check?: LayerCheckName;
  readonly batch: number;
  /** How many samples, the first ones. default all */
  readonly count?: number;
  /** Highest derivative, by the place of the sample. default 2 for all */
  readonly orderOf?: (sample: number) => number;
}

/** Inputs of a layer's program, and of its derivatives, that have no batch axis. */
export const isParameter = (name: string): boolean =>
  name.includes('parameter:') || name.includes(randomKeyName);

/** All samples of a layer and their derivatives, in training and, where that differs, in inference. */
export function layerCases(
  name: LayerName,
  { check, batch, count, orderOf = () => 2 }: LayerCaseOptions,
): DerivativeCase[] {
  const spec = table[name];
  const modes = spec.usesRandom ? [true, false] : [true];
  return spec.samples
    .filter((sample) => check === undefined || appliesTo(check, spec, sample))
    .slice(0, count)
    .flatMap((sample, place) => modes.map((isTraining) => ({ sample, place, isTraining })))
    .flatMap(({ sample, place, isTraining }) => {
      const { config, inputShapes } = sample;
      const fixed = fixedValues(spec, sample, (initial, normal) => initial + normal / 4);
      const forward = layerProgram(spec, config, { batch, inputShapes, isTraining });
      return derivativesOf(forward, orderOf(place)).map(
        (program, at): DerivativeCase => ({
          title: `${name} ${JSON.stringify(config)} of ${JSON.stringify(inputShapes)}, batch ${batch}, order ${at}`,
          order: at,
          program,
          inputs: [drawValues(program.inputs, 3 + batch, fixed)],
          tolerance: derivativeTolerances[at],
        }),
      );
    });
}

/** The large sample, whose sums have up to 65 terms, in the batch of its record. */
export function largeLayerCases(name: LayerName, order = 2): DerivativeCase[] {
  const spec = table[name];
  const { config, batch, inputShapes } = spec.largeSample;
  const forward = layerProgram(spec, config, { batch, inputShapes, isTraining: true });
  const fixed = fixedValues(spec, spec.largeSample, (_, normal) => normal / 8);
  const bounds = [float32.contraction(65), float32.gradient, float32.secondDerivative];
  return derivativesOf(forward, order).map((program, at) => ({
    title: `large ${name}, order ${at}`,
    order: at,
    program,
    inputs: [withSmallCotangents(drawValues(program.inputs, 5, fixed))],
    tolerance: bounds[at],
  }));
}

/**
 * The random key, and parameters of such a size that results stay of order 1, as the tolerances assume: small layers
 * as they are some steps after the start, where no zeros hide a term. Those that are not trained keep their initial
 * values.
 */
function fixedValues(
  spec: LayerSpec,
  { config, inputShapes }: Pick<LayerSpec['samples'][number], 'config' | 'inputShapes'>,
  draw: (initial: number, normal: number) => number,
): TensorMap {
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
const withSmallCotangents = (values: TensorMap): TensorMap =>
  Object.fromEntries(
    Object.entries(values).map(([name, data]) => [
      name,
      name.startsWith('d:') && data instanceof Float32Array ? data.map((value) => value / 8) : data,
    ]),
  );
