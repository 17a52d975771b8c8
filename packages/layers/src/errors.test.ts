import { PolyneuronError } from '@polyneuron/graph';
import { tensor } from '@tensorflow/tfjs-core';
import { input, layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { featureCross, householder, quadDense, taylor } from './index.js';
import { layerClasses } from './layerClasses.js';
import { useBackend } from './testing/tfjsBackends.js';

describe('errors of the layers', () => {
  beforeAll(() => useBackend('cpu'));

  it('rejects an unknown option', () => {
    expect(() =>
      quadDense({ units: 2, kernelInitialiser: 'zeros' } as never),
    ).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: QuadDense expected options among variant, rank, activation, useBias, start, kernelInitializer, biasInitializer, units, seed, kernelRegularizer, biasRegularizer, kernelConstraint, biasConstraint, activityRegularizer, got 'kernelInitialiser'.

      Fix: check the spelling; name, trainable, inputShape and the like are taken too]
    `);
  });

  it('rejects a missing option', () => {
    expect(() => quadDense({} as never)).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: quadDense expected 'units' (number of outputs), got no value.

      Fix: pass it: quadDense({ units: ... })]
    `);
  });

  it('takes no options at all for none', () => {
    expect(() => quadDense(undefined as never)).toThrow("quadDense expected 'units'");
    expect(new (featureCross().constructor as new () => ReturnType<typeof featureCross>)().seed).toBe(0);
  });

  it('rejects values of another kind, wherever they stand', () => {
    expect(() => featureCross({ useBias: 'false' as never })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: featureCross expected useBias to be true or false, got "false".

      Fix: pass true or false; the default is true]
    `);
  });

  it('rejects numbers that are not finite, wherever they stand', () => {
    expect(() => quadDense({ units: Number.NaN })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: QuadDense expected units to be finite, got NaN.

      Fix: pass a number]
    `);
    expect(() => taylor({ center: Number.POSITIVE_INFINITY })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: Taylor expected center to be finite, got Infinity.

      Fix: pass a number]
    `);
    expect(() =>
      featureCross({ kernelInitializer: { kind: 'normal', mean: 0, stddev: Number.NaN } }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: FeatureCross expected kernelInitializer.stddev to be finite, got NaN.

      Fix: pass a number]
    `);
    expect(() => quadDense({ units: 1, seed: Number.NaN })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: QuadDense expected seed to be finite, got NaN.

      Fix: pass a number]
    `);
  });

  it('rejects an initializer that tfjs does not know', () => {
    expect(() =>
      quadDense({ units: 2, kernelInitializer: 'glorotUnifrom' }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: QuadDense expected kernelInitializer to be a name, a { className, config } or an object that tfjs knows, got "glorotUnifrom".

      Fix: check the spelling, or register your own class with tf.serialization.registerClass]
    `);
    expect(() =>
      quadDense({ units: 2, kernelRegularizer: { className: 'L3', config: {} } }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: QuadDense expected kernelRegularizer to be a name, a { className, config } or an object that tfjs knows, got {"className":"L3","config":{}}.

      Fix: check the spelling, or register your own class with tf.serialization.registerClass]
    `);
  });

  it('rejects another width than the one it was built on', () => {
    const layer = quadDense({ units: 4, name: 'quad' });
    layer.apply(input({ shape: [8], name: 'x' }));
    expect(() => layer.apply(tensor(new Float32Array(12), [2, 6]))).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: quadDense expected inputs like [batch, 8], which it was built on, got [2, 6].

        kernelR   [8, 4]
        kernelG   [8, 4]
        kernelB   [8, 4]

      Fix: feed inputs of that width, or build another layer for these
      At:  x > quad]
    `);
  });

  it('rejects inputs of different batch sizes', () => {
    const layer = featureCross({ name: 'cross' });
    expect(() =>
      layer.apply([tensor([1, 2], [2, 1]), tensor([1], [1, 1])]),
    ).toThrowErrorMatchingInlineSnapshot(
      `
      [ShapeError: featureCross expected inputs of one batch size, got [2, 1] and [1, 1].

      Fix: pass as many samples in every input
      At:  cross]
    `,
    );
  });

  it('rejects an unknown extent that weights depend on', () => {
    const x = input({ shape: [3, null], name: 'open' });
    expect(() => quadDense({ units: 2, name: 'quad' }).apply(x)).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: quadDense expected input extents that are known where weights depend on them, got [batch, 3, ?].

      Fix: give the whole inputShape
      At:  open > quad]
    `);
  });

  it('says where in the model a layer does not fit', () => {
    const net = sequential({ layers: [layers.flatten({ inputShape: [2, 2], name: 'flat' })] });
    expect(() => net.add(quadDense({ units: 0, name: 'head' }))).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: quadDense expected units to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on
      At:  flat > head]
    `);
  });

  it('rejects an unknown activation when the layer is built, not when it runs', () => {
    expect(() =>
      quadDense({ units: 1, activation: 'rellu' as never, name: 'typo' }).apply(
        input({ shape: [2], name: 'y' }),
      ),
    ).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: activation expected one of linear, relu, relu6, leakyRelu, squaredRelu, elu, selu, celu, softplus, softsign, tanh, sigmoid, logSigmoid, hardSigmoid, swish, hardSwish, gelu, geluTanh, mish, exponential, gaussian, sine, softmax, logSoftmax, got 'rellu'.

      Fix: check the spelling, or pass one of the names above
      At:  y > typo]
    `);
  });

  it('defect: DeepCTR prints when layers are constructed: every layer here is silent', () => {
    const written = (['log', 'info', 'warn', 'error'] as const).map((name) => vi.spyOn(console, name));
    for (const LayerClass of layerClasses)
      for (const { config } of LayerClass.spec.samples) new LayerClass(config as never);
    for (const spy of written) expect(spy).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });

  it('rejects inputs of rank 1 in every layer', () => {
    for (const LayerClass of layerClasses) {
      const layer = new LayerClass(LayerClass.spec.samples[0].config as never);
      expect(() => layer.apply(tensor([1, 2, 3])), LayerClass.className).toThrow(PolyneuronError);
    }
    expect(() => householder({ name: 'mirror' }).apply(tensor([1, 2]))).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: householder expected one input of rank 2 or more, got [batch].

      Fix: reshape the input
      At:  mirror]
    `);
  });
});
