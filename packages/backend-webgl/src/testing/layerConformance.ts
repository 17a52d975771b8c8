import type { TensorData } from '@polyneuron/backend';
import {
  createNode,
  type DType,
  gradientProgram,
  mapGraph,
  type Program,
  rootsOf,
  sizeOf,
  state,
  type TensorSpec,
} from '@polyneuron/graph';
import {
  createParameters,
  type LayerSpec,
  layerProgram,
  layers,
  parameterName,
  parameterSpecs,
  randomKeyName,
} from '@polyneuron/kernels';
import { appliesTo, type Tolerance, testRandom, tolerances } from '@polyneuron/testing';
import { type BackendChoice, backendOf, collect, type Findings } from './backends.js';
import { compareRun } from './compare.js';

const table: Readonly<Record<string, LayerSpec>> = layers;
const { float32 } = tolerances;
const orders: readonly Tolerance[] = [float32.transcendental, float32.gradient, float32.secondDerivative];

/** Which samples of a layer: the first `count`, in these batches, to the derivative of this order. */
export interface SampleChoice {
  readonly count: number;
  readonly batches: readonly number[];
  readonly order: 1 | 2;
}

/** Samples of a layer and their derivatives, with parameters kept in state. */
export async function layerConformance(
  choice: BackendChoice,
  name: string,
  samples: SampleChoice,
): Promise<Findings> {
  return collect(samplesOf(choice, table[name], samples));
}

/** The large sample of a layer, whose sums have up to 65 terms. */
export async function largeLayerConformance(choice: BackendChoice, name: string): Promise<Findings> {
  return collect(largeSampleOf(choice, table[name]));
}

function* samplesOf(
  choice: BackendChoice,
  spec: LayerSpec,
  { count, batches, order: highest }: SampleChoice,
) {
  const backend = backendOf(choice);
  const modes = spec.usesRandom ? [true, false] : [true];
  const samples = spec.samples.filter((one) => appliesTo('backendWasm', spec, one));
  for (const sample of samples.slice(0, count)) {
    const { config, inputShapes } = sample;
    const fixed = fixedValues(spec, sample);
    for (const batch of batches) {
      for (const isTraining of modes) {
        const forward = layerProgram(spec, config, { batch, inputShapes, isTraining });
        for (const [order, program] of derivativesOf(forward, highest).entries()) {
          const values = drawValues(program.inputs, 3 + batch, fixed);
          const kept = keepParameters(program);
          yield {
            title: `${JSON.stringify(config)} of ${JSON.stringify(inputShapes)}, batch ${batch}, order ${order}`,
            check: () =>
              compareRun({
                backend,
                program: kept,
                inputs: pick(kept.inputs, values),
                state: pick(kept.state, values),
                tolerance: orders[order],
              }),
          };
        }
      }
    }
  }
}

function* largeSampleOf(choice: BackendChoice, spec: LayerSpec) {
  const backend = backendOf(choice);
  const { config, batch, inputShapes } = spec.largeSample;
  const bounds = [float32.contraction(65), float32.gradient, float32.secondDerivative];
  const forward = layerProgram(spec, config, { batch, inputShapes, isTraining: true });
  const fixed = fixedValues(spec, spec.largeSample);
  for (const [order, program] of derivativesOf(forward, 2).entries()) {
    const values = drawValues(program.inputs, 5, fixed);
    // Weights of a layer at its start: results stay of order 1, as the table assumes
    for (const [input, data] of Object.entries(values))
      if (input.includes('parameter:') && data instanceof Float32Array && !(input in fixed))
        values[input] = data.map((value) => value / 8);
    const tolerance = bounds[order];
    yield {
      title: `large, order ${order}`,
      check: () => compareRun({ backend, program, inputs: values, tolerance }),
    };
  }
}

/** The random key, and the initial values of parameters that are not trainable. */
function fixedValues(
  spec: LayerSpec,
  { config, inputShapes }: Pick<LayerSpec['samples'][number], 'config' | 'inputShapes'>,
): Record<string, TensorData> {
  const values = createParameters(spec, config, inputShapes, 1);
  const fixed = parameterSpecs(spec, config, inputShapes).filter(({ isTrainable = true }) => !isTrainable);
  return {
    [randomKeyName]: Int32Array.of(11, 5),
    ...Object.fromEntries(fixed.map(({ name }) => [parameterName(name), values[name]])),
  };
}

/** A program, its gradient program and the gradient program of that, as far as there are derivatives. */
function derivativesOf(program: Program, order: number): Program[] {
  const next = gradientProgram(program);
  if (order === 0 || Object.keys(next.outputs).length === 0) return [program];
  return [program, ...derivativesOf(next, order - 1)];
}

/** The same program with its parameters as state. */
function keepParameters(program: Program): Program {
  const isKept = (name: string) => name.includes('parameter:') || name.includes(randomKeyName);
  const nodes = mapGraph(rootsOf(program), (node, inputs) =>
    node.op === 'input' && isKept(node.attributes.name)
      ? state(node.attributes.name, { shape: node.shape, dtype: node.dtype })
      : node.inputs.every((operand, at) => operand === inputs[at])
        ? node
        : createNode(node.op, inputs, node.attributes as never),
  );
  const chosen = (wanted: boolean) =>
    Object.fromEntries(Object.entries(program.inputs).filter(([name]) => isKept(name) === wanted));
  const outputs = Object.entries(program.outputs).map(([name, node]) => [name, nodes.get(node) ?? node]);
  return { ...program, inputs: chosen(false), state: chosen(true), outputs: Object.fromEntries(outputs) };
}

function drawValues(
  specs: Readonly<Record<string, TensorSpec>>,
  seed: number,
  fixed: Readonly<Record<string, TensorData>>,
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

const pick = (specs: object, values: Readonly<Record<string, TensorData>>): Record<string, TensorData> =>
  Object.fromEntries(Object.keys(specs).map((name) => [name, values[name]]));
