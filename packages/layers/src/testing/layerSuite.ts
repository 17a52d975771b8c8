/**
 * @file The tests that every wrapper passes, driven by its record's samples (after Keras's run_layer_test). Which of them
 * a sample gets is told by `layerChecks` of testing.
 */
import { gradientProgram, interpret, type Program, sizeOf } from '@polyneuron/graph';
import { type LayerSample, layerProgram, parameterName } from '@polyneuron/kernels';
import { appliesTo, expectClose, type LayerCheckName, testRandom, tolerances } from '@polyneuron/testing';
import {
  add,
  grads,
  io,
  memory,
  mul,
  type Scalar,
  sum,
  type Tensor,
  tensor,
  tidy,
  train,
  type Variable,
  variableGrads,
} from '@tensorflow/tfjs-core';
import {
  constraints,
  type History,
  initializers,
  type Logs,
  loadLayersModel,
  models,
  regularizers,
} from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerLayers } from '../registerLayers.js';
import type { SpecLayer } from '../specLayer.js';
import {
  bindings,
  describeSample,
  type LayerCase,
  type LayerFactory,
  layerCase,
  oneOrAll,
  scatterWeights,
} from './layerCase.js';
import { tfjsBackends, useBackend } from './tfjsBackends.js';

/** Every weight option at once, in each of the spellings that tfjs takes. */
const allOptions = () => ({
  kernelInitializer: initializers.glorotNormal({ seed: 3 }),
  biasInitializer: 'ones',
  kernelRegularizer: regularizers.l1l2({ l1: 0.1, l2: 0.2 }),
  biasRegularizer: 'l1l2',
  kernelConstraint: constraints.maxNorm({ maxValue: 1, axis: 0 }),
  biasConstraint: { className: 'NonNeg', config: {} },
  activityRegularizer: regularizers.l2({ l2: 0.01 }),
});

export interface LayerClass {
  new (options: never): SpecLayer;
  readonly className: string;
  readonly spec: SpecLayer['spec'];
}

export function testLayer(LayerClass: LayerClass, factory: LayerFactory): void {
  const { spec } = LayerClass;
  const samples = spec.samples.map((sample) => [describeSample(sample), sample] as const);

  describe.each(tfjsBackends)(`${LayerClass.className} on tfjs %s`, (backend) => {
    beforeAll(async () => {
      registerLayers();
      await useBackend(backend);
    });

    describe.each(samples)('%s', (_, sample) => {
      const applies = (check: LayerCheckName) => appliesTo(check, spec, sample);
      describeShapes(factory, sample);
      if (applies('tfjsLayer')) describeMath(factory, sample);
      if (applies('training')) describeTraining(factory, sample);
      if (applies('leaks')) describeMemory(factory, sample);
      if (applies('configRoundTrip')) describeConfig(factory, sample);
      describeSaving(factory, sample);
    });
  });
}

function describeShapes(factory: LayerFactory, sample: LayerSample<object>): void {
  it.each([0, 1, 3])('infers the shape that it computes, for %i samples', (batch) => {
    const { layer, model, feed } = layerCase(factory, sample);
    const y = layer.apply(oneOrAll(feed(batch))) as Tensor;
    expect(y.shape).toEqual([batch, ...model.outputs[0].shape.slice(1)]);
    expect([...y.dataSync()].every(Number.isFinite)).toBe(true);
  });

  it("has the record's parameters", () => {
    const { layer } = layerCase(factory, sample);
    const expected = layer.spec.parameters(layer.config, sample.inputShapes);
    expect(layer.parameters.map(({ spec, variable }) => [spec.name, variable.shape])).toEqual(
      expected.map(({ name, shape }) => [name, shape]),
    );
    expect(layer.countParams()).toBe(expected.reduce((count, { shape }) => count + sizeOf(shape), 0));
    expect(layer.trainableWeights.length).toBe(
      expected.filter(({ isTrainable }) => isTrainable !== false).length,
    );
  });

  it('draws other values for every weight, the same ones for the same seed and name', () => {
    const options = {
      kernelInitializer: 'glorotUniform',
      biasInitializer: initializers.randomNormal({ seed: 5 }),
    };
    for (const given of [{}, options]) {
      const [one, other, third] = [7, 7, 8].map(
        (seed) => layerCase(factory, sample, { ...given, seed }).layer,
      );
      const values = (layer: SpecLayer) =>
        layer.parameters.map(({ variable }) => [...variable.read().dataSync()]);
      expect(values(other)).toEqual(values(one));
      const drawn = values(one).filter((weight) => new Set(weight).size > 1);
      expect(new Set(drawn.map(String)).size).toBe(drawn.length);
      // The laws of a record may fix values that differ, such as fitted coefficients
      const isDrawn = given === options || appliesTo('seeds', one.spec, sample);
      if (drawn.length > 0 && isDrawn) expect(values(third)).not.toEqual(values(one));
    }
  });
}

function describeMath(factory: LayerFactory, sample: LayerSample<object>): void {
  it('equals the float64 interpreter', () => {
    const { layer, feed } = scattered(factory, sample);
    const inputs = feed(3);
    const expected = interpret(forwardOf(layer, sample, 3), { inputs: bindings(layer, inputs) }).outputs.y;
    expectClose(
      (layer.apply(oneOrAll(inputs)) as Tensor).dataSync(),
      expected,
      tolerances.float32.transcendental,
    );
  });

  it('has the derivatives of the record, of first and second order', () => {
    const { layer, feed } = scattered(factory, sample);
    const inputs = feed(3);
    const { outputs, ...forward } = forwardOf(layer, sample, 3);
    const inputNames = inputs.map((_, at) => `x${at}`);
    const trainable = layer.parameters.filter(({ spec }) => spec.isTrainable !== false);
    const names = [...inputNames, ...trainable.map(({ spec }) => parameterName(spec.name))];
    const first = gradientProgram({ ...forward, outputs: { y: outputs.y } }, names);
    const dy = drawLike(outputs.y.shape, 50);
    const known = { ...bindings(layer, inputs), 'd:y': dy.dataSync() };
    const loss = (...xs: Tensor[]) => sum(mul(layer.apply(oneOrAll(xs)) as Tensor, dy)) as Scalar;
    const actual = differentiate(loss, inputs, layer);
    const expected = interpret(first, { inputs: known }).outputs;
    for (const [at, name] of names.entries())
      expectClose(actual[at].dataSync(), expected[`d:${name}`], tolerances.float32.gradient);

    const directions = inputs.map((x, at) => drawLike(x.shape, 60 + at));
    const slopes = Object.fromEntries(inputNames.map((name) => [`d:${name}`, first.outputs[`d:${name}`]]));
    const second = gradientProgram({ ...first, outputs: slopes }, names);
    const along = (...xs: Tensor[]) =>
      grads(loss)(xs).reduce<Tensor>(
        (total, dx, at) => add(total, sum(mul(dx, directions[at]))),
        tensor(0),
      ) as Scalar;
    const curvature = differentiate(along, inputs, layer);
    const expectedCurvature = interpret(second, {
      inputs: {
        ...known,
        ...Object.fromEntries(inputNames.map((name, at) => [`d:d:${name}`, directions[at].dataSync()])),
      },
    }).outputs;
    for (const [at, name] of names.entries())
      expectClose(
        curvature[at].dataSync(),
        expectedCurvature[`d:${name}`],
        tolerances.float32.secondDerivative,
      );
  });
}

function describeTraining(factory: LayerFactory, sample: LayerSample<object>): void {
  it('takes in fit the gradient step of the record', async () => {
    const one = scattered(factory, sample);
    const { layer } = one;
    const trainable = layer.parameters.filter(({ spec }) => spec.isTrainable !== false);
    const { outputs, ...forward } = forwardOf(layer, sample, 3);
    const inputs = { inputs: bindings(layer, one.feed(3)) };
    const y = interpret({ ...forward, outputs }, inputs).outputs.y;
    const target = targetOf(one).dataSync();
    const names = trainable.map(({ spec }) => parameterName(spec.name));
    const slopes = interpret(gradientProgram({ ...forward, outputs: { y: outputs.y } }, names), {
      inputs: { ...inputs.inputs, 'd:y': y.map((value, at) => (2 * (value - target[at])) / y.length) },
    }).outputs;
    const expected = trainable.map(({ variable }, at) =>
      Float64Array.from(variable.read().dataSync(), (value, i) => value - 0.1 * slopes[`d:${names[at]}`][i]),
    );
    await fitOnce(one, 0.1);
    for (const [at, { variable }] of trainable.entries())
      expectClose(variable.read().dataSync(), expected[at], tolerances.float32.gradient);
  });

  it('adds its regularizers to the loss', async () => {
    const option = (rate: number) => regularizers.l2({ l2: rate });
    const plain = scattered(factory, sample);
    const penalized = scattered(factory, sample, {
      kernelRegularizer: option(0.5),
      biasRegularizer: option(0.25),
      activityRegularizer: option(0.125),
    });
    const rates = { kernel: 0.5, bias: 0.25, other: 0 };
    const squares = (t: Tensor) =>
      Array.from(t.dataSync()).reduce((total, value) => total + value * value, 0);
    const weights = penalized.layer.parameters.reduce(
      (total, { spec, variable }) => total + rates[spec.role] * squares(variable.read()),
      0,
    );
    // A layer of its own: a training call may change weights that are not trained
    const y = scattered(factory, sample).layer.apply(oneOrAll(plain.feed(3)), { training: true }) as Tensor;
    const expected = weights + (0.125 * squares(y)) / 3;
    const difference = (await fitOnce(penalized, 0)) - (await fitOnce(plain, 0));
    expectClose(difference, expected, tolerances.float32.gradient);
  });

  it('keeps its constraints in fit', async () => {
    const one = scattered(factory, sample, {
      kernelConstraint: constraints.maxNorm({ maxValue: 0.01, axis: 0 }),
    });
    await fitOnce(one, 0.1);
    for (const { spec, variable } of one.layer.parameters) {
      if (spec.role !== 'kernel') continue;
      const squares = tidy(() => sum(mul(variable.read(), variable.read()), 0).dataSync());
      for (const square of squares) expect(Math.sqrt(square)).toBeLessThanOrEqual(0.01 * (1 + 1e-6));
    }
  });
}

function describeMemory(factory: LayerFactory, sample: LayerSample<object>): void {
  it('leaves no tensor behind', async () => {
    const one = scattered(factory, sample, allOptions());
    const isTrained = one.layer.trainableWeights.length > 0;
    const rounds: number[] = [];
    for (let round = 0; round < 3; round++) {
      if (isTrained) await fitOnce(one, 0.01);
      tidy(() => void one.model.predict(oneOrAll(one.feed(2))));
      rounds.push(memory().numTensors);
    }
    expect(rounds).toEqual([rounds[0], rounds[0], rounds[0]]);
    const before = memory().numTensors;
    tidy(
      () =>
        void differentiate(
          (...xs) => sum(one.layer.apply(oneOrAll(xs)) as Tensor) as Scalar,
          one.feed(2),
          one.layer,
        ),
    );
    expect(memory().numTensors).toBe(before);
  });
}

function describeConfig(factory: LayerFactory, sample: LayerSample<object>): void {
  it.each([
    ['defaults', () => ({})],
    ['every option', allOptions],
  ])('round-trips its config, with %s', async (_, options) => {
    const { layer, model } = layerCase(factory, sample, { ...options(), trainable: false });
    const config = layer.getConfig();
    expect(JSON.parse(JSON.stringify(config))).toEqual(config);
    const LayerClass = layer.constructor as new (config: object) => SpecLayer;
    expect(new LayerClass(structuredClone(config)).getConfig()).toEqual(config);
    const topology = JSON.parse(model.toJSON() as string);
    const again = await models.modelFromJSON({ modelTopology: topology } as never);
    expect(again.getLayer('subject').getConfig()).toEqual(config);
  });
}

function describeSaving(factory: LayerFactory, sample: LayerSample<object>): void {
  it('predicts the same bits after save and load', async () => {
    const { model, feed } = scattered(factory, sample, { kernelConstraint: 'maxNorm' });
    let artifacts: io.ModelArtifacts = {};
    await model.save(
      io.withSaveHandler(async (saved) => {
        artifacts = saved;
        return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
      }),
    );
    const loaded = await loadLayersModel(io.fromMemory(artifacts));
    const inputs = oneOrAll(feed(3));
    expect((loaded.predict(inputs) as Tensor).dataSync()).toEqual(
      (model.predict(inputs) as Tensor).dataSync(),
    );
  });
}

function scattered(...given: Parameters<typeof layerCase>): LayerCase {
  const made = layerCase(...given);
  scatterWeights(made.layer);
  return made;
}

function forwardOf(layer: SpecLayer, sample: LayerSample<object>, batch: number): Program {
  return layerProgram(layer.spec, layer.config, { batch, inputShapes: sample.inputShapes });
}

function drawLike(shape: readonly number[], seed: number): Tensor {
  return tensor(Float32Array.from(testRandom(seed).normals(sizeOf(shape))), [...shape], 'float32');
}

/** Derivatives by the tfjs tape, of the inputs first, then of the trainable parameters. */
function differentiate(f: (...xs: Tensor[]) => Scalar, inputs: Tensor[], layer: SpecLayer): Tensor[] {
  const variables = layer.trainableWeights.map((weight) => weight.read() as Variable);
  const byVariable = variables.length > 0 ? variableGrads(() => f(...inputs), variables).grads : {};
  return [...grads(f)(inputs), ...variables.map(({ name }) => byVariable[name])];
}

/** Random targets for three samples. */
function targetOf({ model }: LayerCase): Tensor {
  return drawLike([3, ...(model.outputs[0].shape.slice(1) as number[])], 70);
}

/** The loss of one step of gradient descent on three samples. */
async function fitOnce(one: LayerCase, learningRate: number): Promise<number> {
  const { model } = one;
  const inputs = one.feed(3);
  const target = targetOf(one);
  const optimizer = train.sgd(learningRate);
  model.compile({ optimizer, loss: 'meanSquaredError' });
  const { history }: { history: History['history'] } = await model.fit(oneOrAll(inputs), target, {
    epochs: 1,
    batchSize: 3,
    shuffle: false,
  });
  optimizer.dispose();
  for (const t of [...inputs, target]) t.dispose();
  return (history as Record<string, Logs[string][]>).loss[0] as number;
}
