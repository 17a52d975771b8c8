import { differentiableProgram } from '@polyneuron/backend-tfjs';
import { createParameters, type LayerSpec, layerProgram, layers, parameterName } from '@polyneuron/kernels';
import { quadDense, registerLayers } from '@polyneuron/layers';
import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import '@tensorflow/tfjs-backend-webgl';
import { gradientProgram, interpret, sizeOf } from '@polyneuron/graph';
import {
  backend,
  grads,
  memory,
  mul,
  setBackend,
  square,
  sum,
  type Tensor,
  tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import { sequential, layers as stock } from '@tensorflow/tfjs-layers';
import { installTfjsKernels } from '../tfjs/installTfjsKernels.js';
import { tensorEngineOf } from '../tfjs/tensorEngine.js';
import { collect, type Findings } from './backends.js';

async function start(): Promise<void> {
  installTfjsKernels();
  installTfjsKernels();
  if (!(await setBackend('webgl'))) throw new Error("tfjs backend 'webgl' did not start");
}

/** Layers as programs on tensors of tfjs: values, and gradients through the tape, against the interpreter. */
export async function tensorConformance(names: readonly string[]): Promise<Findings> {
  await start();
  return collect(names.map((name) => ({ title: name, check: () => compareLayer(name) })));
}

async function compareLayer(name: string): Promise<void> {
  const spec = (layers as Readonly<Record<string, LayerSpec>>)[name];
  const { config, batch, inputShapes } = spec.largeSample;
  const program = layerProgram(spec, config, { batch, inputShapes, isTraining: true });
  const random = testRandom(4);
  const values: Record<string, Float32Array> = Object.fromEntries(
    Object.entries(program.inputs).map(([input, { shape }]) => [
      input,
      Float32Array.from(random.normals(sizeOf(shape)), (value) => value / 4),
    ]),
  );
  for (const [parameter, data] of Object.entries(createParameters(spec, config, inputShapes, 1)))
    values[parameterName(parameter)] = data as Float32Array;
  const expected = interpret(program, { inputs: values }).outputs;
  const gradient = gradientProgram(program);
  const ones = Object.fromEntries(
    Object.entries(gradient.inputs)
      .filter(([input]) => input.startsWith('d:'))
      .map(([input, { shape }]) => [input, new Float32Array(sizeOf(shape)).fill(1)]),
  );
  const expectedGradients = interpret(gradient, { inputs: { ...values, ...ones } }).outputs;
  const inputNames = Object.keys(program.inputs);
  const [output] = Object.keys(program.outputs);
  const leaves = inputNames.map((input) =>
    tensor(values[input], [...program.inputs[input].shape], 'float32'),
  );
  const apply = (...given: Tensor[]) =>
    differentiableProgram(program, Object.fromEntries(inputNames.map((input, at) => [input, given[at]])))[
      output
    ];
  const before = tensorEngineOf(backend()).passes;
  const tensorsBefore = memory().numTensors;
  const { y, gradients } = tidy(() => ({
    y: apply(...leaves).dataSync(),
    gradients: grads(apply)(leaves).map((one) => one.dataSync()),
  }));
  if (memory().numTensors !== tensorsBefore) throw new Error('tensors are left behind');
  if (tensorEngineOf(backend()).passes === before)
    throw new Error('the program did not run in passes of its own');
  expectClose(y as Float32Array, expected[output], tolerances.float32.contraction(65));
  inputNames.forEach((input, at) => {
    expectClose(gradients[at] as Float32Array, expectedGradients[`d:${input}`], tolerances.float32.gradient);
  });
  for (const leaf of leaves) leaf.dispose();
}

/** A stock tfjs model with a polyneuron layer learns on webgl; returns its losses and whether tensors leak. */
export async function fitModel() {
  await start();
  registerLayers();
  const model = sequential({
    layers: [
      quadDense({ units: 8, inputShape: [4], kernelInitializer: 'glorotNormal' } as never),
      stock.dense({ units: 1 }),
    ],
  });
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  const random = testRandom(1);
  const x = tensor(Float32Array.from(random.normals(64 * 4)), [64, 4]);
  const y = mul(sum(square(x), 1, true), 0.25);
  const { history } = await model.fit(x, y, { epochs: 4, batchSize: 16, shuffle: false });
  const afterFirst = memory().numTensors;
  await model.fit(x, y, { epochs: 2, batchSize: 16, shuffle: false });
  return { losses: history.loss as number[], left: memory().numTensors - afterFirst };
}
