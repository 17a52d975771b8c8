/** @file The layer exercises of seed 004: activation plots, the reflection, the counter. */
import { createRandom } from '@polyneuron/datasets';
import { input, programOf } from '@polyneuron/graph';
import {
  type ActivationName,
  activation,
  affineSpec,
  householderSpec,
  initialValues,
  inputName,
  layerProgram,
  parameterName,
  resolveConfig,
} from '@polyneuron/kernels';
import type { ExperimentContext } from './experimentSpec.js';
import type { Figure } from './result.js';

/** The activations that the document plots, on its own grid. */
const plotted: readonly ActivationName[] = ['sigmoid', 'relu', 'tanh', 'elu', 'selu', 'softplus', 'swish'];
const grid = { from: -10, to: 10, points: 201 } as const;

export async function plotActivations({ backend }: ExperimentContext): Promise<Figure> {
  const x = input('x', { shape: [grid.points], dtype: 'float32' });
  const program = programOf(
    'activations',
    Object.fromEntries(plotted.map((name) => [name, activation(name).apply(x)])),
  );
  const step = (grid.to - grid.from) / (grid.points - 1);
  const values = Array.from({ length: grid.points }, (_, at) => grid.from + at * step);
  const executable = await backend.compile(program);
  const outputs = await executable.run({ x: Float32Array.from(values) });
  executable.dispose();
  return {
    kind: 'curves',
    title: 'Activation functions',
    xLabel: 'x',
    yLabel: 'activation',
    yScale: 'linear',
    series: plotted.map((name) => ({ name, x: values, y: Array.from(outputs[name] as ArrayLike<number>) })),
  };
}

export interface Exercise {
  readonly figure: Figure;
  readonly summary: string;
}

/** Vectors that the reflection is tried on, and their width. */
const vectors = 5;
const width = 4;

/** The Reflection exercise: H(H x) = x and |H x| = |x|, measured on random vectors with a random normal. */
export async function reflect({ backend }: ExperimentContext, seed: number): Promise<Exercise> {
  const random = createRandom(seed);
  const draw = (count: number) => Float32Array.from({ length: count }, () => random.normal());
  const [x, normals] = [draw(vectors * width), draw(width)];
  const executable = await backend.compile(
    layerProgram(householderSpec, {}, { batch: vectors, inputShapes: [[width]] }),
  );
  const apply = async (values: Float32Array) => {
    const { y } = await executable.run({ [inputName(0)]: values, [parameterName('normals')]: normals });
    return Float32Array.from(y as ArrayLike<number>);
  };
  const once = await apply(x);
  const twice = await apply(once);
  executable.dispose();
  const rows = Array.from({ length: vectors }, (_, row) => {
    const cut = (values: Float32Array) => values.subarray(row * width, (row + 1) * width);
    const error = Math.max(...cut(twice).map((value, at) => Math.abs(value - (cut(x)[at] as number))));
    return [row + 1, norm(cut(x)), norm(cut(once)), dot(cut(x), normals), dot(cut(once), normals), error];
  });
  const worst = Math.max(...rows.map((row) => row[5] as number));
  return {
    figure: {
      kind: 'table',
      title: `Reflection y = H x in a random hyperplane of ${width} dimensions`,
      columns: ['vector', '|x|', '|H x|', 'n·x', 'n·(H x)', 'max |H(H x) − x|'],
      rows,
    },
    summary: `applied twice it gives its input back to within ${worst.toExponential(1)}, lengths stay, and the part along the normal changes sign.`,
  };
}

/** Calls that the Affine layer is given. */
const calls = 3;

/** The Affine layer of the document: its counter, a weight that no optimizer touches, counts the calls. */
export async function countAffineCalls({ backend }: ExperimentContext, seed: number): Promise<Exercise> {
  const config = { units: 3 };
  const program = layerProgram(affineSpec, config, { batch: 1, inputShapes: [[2]] });
  const executable = await backend.compile(program);
  const [kernel] = affineSpec.parameters(resolveConfig(affineSpec, config), [[2]]);
  const weights = Float32Array.from(initialValues(kernel!, seed, 'affine/kernel'));
  let counter = Int32Array.of(0);
  const counts = [0];
  for (let call = 0; call < calls; call++) {
    const outputs = await executable.run({
      [inputName(0)]: Float32Array.of(1, 1),
      [parameterName('kernel')]: weights,
      [parameterName('bias')]: new Float32Array(3),
      [parameterName('counter')]: counter,
    });
    counter = Int32Array.from(outputs['update:counter'] as ArrayLike<number>);
    counts.push(counter[0] as number);
  }
  executable.dispose();
  return {
    figure: {
      kind: 'table',
      title: 'Affine layer: the counter after each call',
      columns: ['call', 'counter'],
      rows: counts.map((count, call) => [call, count]),
    },
    summary: `${counts.at(-1)} after ${calls} calls.`,
  };
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((total, value, at) => total + value * (b[at] as number), 0);
}

function norm(a: Float32Array): number {
  return Math.sqrt(dot(a, a));
}
