import { dropoutSpec } from '@polyneuron/kernels';
import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import {
  add,
  cast,
  type Scalar,
  square,
  sum,
  type Tensor,
  tensor,
  train,
  type Variable,
  variableGrads,
} from '@tensorflow/tfjs-core';
import {
  initializers,
  input,
  type LayersModel,
  layers,
  model,
  models,
  regularizers,
  type SymbolicTensor,
  sequential,
} from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { affine, featureCross, quadDense, registerLayers, SpecLayer, taylor } from './index.js';
import { tfjsBackends, useBackend } from './testing/tfjsBackends.js';

const draw = (shape: number[], seed: number) =>
  tensor(
    Float32Array.from(testRandom(seed).normals(shape.reduce((size, extent) => size * extent, 1))),
    shape,
    'float32',
  );

describe.each(tfjsBackends)('SpecLayer on tfjs %s', (backend) => {
  beforeAll(async () => {
    registerLayers();
    await useBackend(backend);
  });

  it('learns in tf.sequential with the stock fit, evaluate and predict', async () => {
    const x = tensor([0, 0, 0, 1, 1, 0, 1, 1], [4, 2]);
    const y = tensor([0, 1, 1, 0], [4, 1]);
    const xor = sequential({
      layers: [quadDense({ units: 1, inputShape: [2], start: 'random', name: 'neuron', seed: 3 })],
    });
    xor.compile({ optimizer: train.adam(0.05), loss: 'meanSquaredError', metrics: ['mse'] });
    await xor.fit(x, y, { epochs: 300, batchSize: 4, shuffle: false });
    const [loss] = xor.evaluate(x, y) as Scalar[];
    // One quadratic neuron can compute exclusive or exactly: (x0 - x1)².
    expect(loss.dataSync()[0]).toBeLessThan(1e-3);
    expect([...(xor.predict(x) as Tensor).dataSync()].map(Math.round).map(Math.abs)).toEqual([0, 1, 1, 0]);
  });

  it('trains beside stock layers, and leaves a frozen layer alone', async () => {
    const frozen = quadDense({ units: 3, trainable: false, name: 'frozen' });
    const net = sequential({
      layers: [
        layers.dense({ units: 4, inputShape: [2], name: 'before' }),
        frozen,
        layers.dense({ units: 1, name: 'after' }),
      ],
    });
    const values = (name: string) =>
      net
        .getLayer(name)
        .getWeights()
        .map((weight) => [...weight.dataSync()]);
    const [before, middle, after] = ['before', 'frozen', 'after'].map(values);
    net.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    await net.fit(draw([5, 2], 1), draw([5, 1], 2), { epochs: 1 });
    expect(values('frozen')).toEqual(middle);
    expect(values('before')).not.toEqual(before);
    expect(values('after')).not.toEqual(after);
    frozen.trainable = true;
    expect(frozen.trainableWeights.length).toBe(6);
  });

  it("starts QuadDense at 'relinear' equal to Dense with the same kernel", () => {
    const quad = quadDense({ units: 3, inputShape: [4], name: 'relinear' });
    const net = sequential({ layers: [quad] });
    const dense = layers.dense({
      units: 3,
      weights: [quad.parameters[0].variable.read(), quad.parameters[3].variable.read()],
    });
    const x = draw([5, 4], 3);
    expectClose(
      (net.predict(x) as Tensor).dataSync(),
      (dense.apply(x) as Tensor).dataSync(),
      tolerances.float32.contraction(4),
    );
  });

  it('is shared: one set of weights, the gradients of both uses', () => {
    const shared = quadDense({ units: 2, name: 'shared' });
    const [a, b] = [input({ shape: [2] }), input({ shape: [2] })];
    const outputs = layers
      .add()
      .apply([shared.apply(a), shared.apply(b)] as SymbolicTensor[]) as SymbolicTensor;
    const net = model({ inputs: [a, b], outputs });
    expect(net.countParams()).toBe(shared.countParams());
    const [p, q] = [draw([3, 2], 4), draw([3, 2], 5)];
    const slopes = (f: () => Tensor) => {
      const kernel = shared.parameters[0].variable.read() as Variable;
      return variableGrads(() => sum(square(f())) as Scalar, [kernel]).grads[kernel.name].dataSync();
    };
    const together = slopes(() => net.predict([p, q]) as Tensor);
    const separate = slopes(() => add(shared.apply(p) as Tensor, shared.apply(q) as Tensor));
    expectClose(together, separate, tolerances.float32.gradient);
  });

  it('counts the calls of Affine in a weight that is saved and not trained', async () => {
    const layer = affine({ units: 1, inputShape: [2], name: 'counting' });
    const net = sequential({ layers: [layer] });
    const counter = () => layer.parameters[2].variable.read().dataSync()[0];
    expect(counter()).toBe(0);
    net.predict(draw([2, 2], 6));
    net.predict(draw([2, 2], 6));
    expect(counter()).toBe(2);
    net.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    await net.fit(draw([4, 2], 7), draw([4, 1], 8), { epochs: 1, batchSize: 2 });
    expect(counter()).toBe(4);
    expect(layer.nonTrainableWeights.map(({ dtype }) => dtype)).toEqual(['int32']);
  });

  it('takes int32 inputs and unknown extents', () => {
    const layer = quadDense({ units: 2, name: 'open' });
    const x = input({ shape: [null, 3] });
    const net = model({ inputs: x, outputs: layer.apply(x) as SymbolicTensor });
    expect(net.outputs[0].shape).toEqual([null, null, 2]);
    expect((net.predict(draw([2, 5, 3], 9)) as Tensor).shape).toEqual([2, 5, 2]);
    expect((net.predict(draw([1, 1, 3], 9)) as Tensor).shape).toEqual([1, 1, 2]);
    const integers = tensor([1, 2, 3], [1, 1, 3], 'int32');
    expect((layer.apply(integers) as Tensor).dataSync()).toEqual(
      (layer.apply(cast(integers, 'float32')) as Tensor).dataSync(),
    );
  });

  it('draws with a new key at every training call, reproducibly', () => {
    class Drop extends SpecLayer<{ rate: number }> {
      static readonly className = 'Drop';
      constructor(options: { rate: number; name: string; seed: number }) {
        super(dropoutSpec, options);
      }
    }
    const x = tensor(new Float32Array(64).fill(1), [4, 16], 'float32');
    const calls = (seed: number) => {
      const layer = new Drop({ rate: 0.5, name: 'drop', seed });
      return [true, true, false].map((training) => [...(layer.apply(x, { training }) as Tensor).dataSync()]);
    };
    const [first, second, inference] = calls(1);
    expect(inference).toEqual([...x.dataSync()]);
    expect(new Set(first)).toEqual(new Set([0, 2]));
    expect(second).not.toEqual(first);
    expect(calls(1)).toEqual([first, second, inference]);
    expect(calls(2)[0]).not.toEqual(first);
  });
});

describe('SpecLayer', () => {
  beforeAll(() => useBackend('cpu'));

  it('prints its place and its parameters in summary()', () => {
    const net = sequential({ layers: [quadDense({ units: 64, inputShape: [784], name: 'quad' })] });
    const lines: string[] = [];
    net.summary(undefined, undefined, (line) => lines.push(line as string));
    expect(lines.join('\n')).toMatchInlineSnapshot(`
      "__________________________________________________________________________________________
      Layer (type)                Input Shape               Output shape              Param #   
      ==========================================================================================
      quad (QuadDense)            [[null,784]]              [null,64]                 150720    
      ==========================================================================================
      Total params: 150720
      Trainable params: 150720
      Non-trainable params: 0
      __________________________________________________________________________________________"
    `);
  });

  it('takes initial weights, and passes a mask on', () => {
    const layer = quadDense({
      units: 1,
      useBias: false,
      start: 'random',
      weights: [1, 2, 3].map((value) => tensor([value], [1, 1])),
    });
    expect((layer.apply(tensor([2], [1, 1])) as Tensor).dataSync()[0]).toBe(2 * 4 + 3 * 4);
    const mask = tensor([true, false], [1, 2], 'bool');
    expect(layer.computeMask([], [mask])).toBe(mask);
    expect(layer.computeMask([], undefined)).toBe(null);
  });

  it('lets a record decide which kernels obey kernelInitializer', () => {
    const weights = (start: 'relinear' | 'random') => {
      const layer = quadDense({
        units: 1,
        start,
        kernelInitializer: initializers.constant({ value: 5 }),
        name: 'chosen',
      });
      layer.build([null, 1] as never);
      return layer.parameters.map(({ variable }) => variable.read().dataSync()[0]);
    };
    expect(weights('relinear')).toEqual([5, 0, 0, 0, 1, 0]);
    expect(weights('random').slice(0, 3)).toEqual([5, 5, 5]);
  });

  it('keeps the laws of the record in its parameters, whatever draws the first values', () => {
    const layer = quadDense({ units: 1, kernelInitializer: 'zeros', name: 'lawful' });
    layer.build([null, 1] as never);
    const laws = layer.parameters.map(({ spec }) => spec.initializer.kind);
    expect(laws).toEqual(['varianceScaling', 'zeros', 'zeros', 'zeros', 'ones', 'zeros']);
  });

  it('takes the laws of the records as well', () => {
    const layer = featureCross({ kernelInitializer: { kind: 'constant', value: 2 }, name: 'law' });
    layer.build([null, 1] as never);
    expect(layer.parameters[0].variable.read().dataSync()[0]).toBe(2);
    expect(layer.getConfig().kernelInitializer).toEqual({ kind: 'constant', value: 2 });
  });

  it('registers its classes any number of times', async () => {
    registerLayers();
    registerLayers();
    const net = sequential({ layers: [taylor({ inputShape: [3], name: 'series' })] });
    const again = (await models.modelFromJSON({
      modelTopology: JSON.parse(net.toJSON() as string),
    } as never)) as LayersModel;
    expect(again.layers.map((layer) => layer.getClassName())).toEqual(['Taylor']);
  });

  it('reads an activity penalty once', () => {
    const layer = quadDense({ units: 1, activityRegularizer: regularizers.l2({ l2: 1 }), name: 'penalized' });
    const x = tensor([1, 2], [2, 1]);
    const y = layer.apply(x, { training: true }) as Tensor;
    const total = (y.dataSync()[0] ** 2 + y.dataSync()[1] ** 2) / 2;
    expectClose(layer.calculateLosses()[0].dataSync(), [total], tolerances.float32.elementwise);
    expect(layer.calculateLosses()[0].dataSync()[0]).toBe(0);
    const disposed = layer.apply(x, { training: true }) as Tensor;
    disposed.dispose();
    expect(layer.calculateLosses()[0].dataSync()[0]).toBe(0);
  });
});
