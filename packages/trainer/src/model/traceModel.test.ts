import '@tensorflow/tfjs-backend-cpu';
import { print, programOf } from '@polyneuron/graph';
import { setBackend } from '@tensorflow/tfjs-core';
import { model as functional, input, layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { traceLayer, traceModel } from './traceModel.js';

describe('traceModel', () => {
  beforeAll(async () => {
    await setBackend('cpu');
  });

  it('writes a Sequential as graph', () => {
    const model = sequential({
      layers: [
        layers.dense({ units: 2, inputShape: [3], activation: 'relu' }),
        layers.dense({ units: 1, useBias: false }),
      ],
    });
    const { outputs, updates } = traceModel(model, { batch: 4 });
    expect(print(programOf('net', { y: outputs[0] }, updates))).toMatchInlineSnapshot(`
      "program net
        input x0 : float32[4,3]
        state w0:kernel : float32[3,2]
        state w1:bias : float32[2]
        state w2:kernel : float32[2,1]
        %0 = constant 0 : float32[4,2]
        %1 = input x0 : float32[4,3]
        %2 = state w0:kernel : float32[3,2]
        %3 = einsum %1, %2 spec=an,no->ao : float32[4,2]
        %4 = state w1:bias : float32[2]
        %5 = reshape %4 : float32[1,2]
        %6 = broadcast %5 : float32[4,2]
        %7 = add %3, %6 : float32[4,2]
        %8 = max %0, %7 : float32[4,2]
        %9 = state w2:kernel : float32[2,1]
        %10 = einsum %8, %9 spec=an,no->ao : float32[4,1]
        output y = %10"
    `);
  });

  it('names weights by position, so that equal models print equally', () => {
    const build = () => sequential({ layers: [layers.dense({ units: 2, inputShape: [3] })] });
    const text = () => print(programOf('net', { y: traceModel(build(), { batch: 1 }).outputs[0] }));
    expect(text()).toBe(text());
  });

  it('keeps one state entry for a shared layer, with one penalty per call as tfjs has it', () => {
    const x = input({ shape: [3] });
    const shared = layers.dense({ units: 3, kernelRegularizer: 'l1l2' });
    const model = functional({ inputs: x, outputs: shared.apply(shared.apply(x)) as never });
    const { weights, penalty } = traceModel(model, { batch: 2 });
    expect(weights.map(({ state }) => state)).toEqual(['w0:kernel', 'w1:bias']);
    expect(penalty?.op).toBe('add');
  });

  it('gives every drawing call a key that advances in training', () => {
    const model = sequential({
      layers: [layers.dropout({ rate: 0.5, inputShape: [3] } as never), layers.dropout({ rate: 0.5 })],
    });
    const training = traceModel(model, { batch: 2, isTraining: true });
    expect(training.randomKeys).toEqual(['random0', 'random1']);
    expect(Object.keys(training.updates)).toEqual(['random0', 'random1']);
    expect(traceModel(model, { batch: 2 }).updates).toEqual({});
  });

  it('lists the calls of layers in order, those of nested models and of shared layers too', () => {
    const shared = layers.dense({ units: 3, name: 'shared' });
    const inner = sequential({
      name: 'inner',
      layers: [layers.dense({ units: 3, inputShape: [3], name: 'deep' })],
    });
    const x = input({ shape: [3] });
    const y = shared.apply(inner.apply(shared.apply(x)) as never);
    const { calls, inputs, outputs } = traceModel(functional({ inputs: x, outputs: y as never }), {
      batch: 2,
    });
    expect(calls.map(({ layer, className }) => `${layer} ${className}`)).toEqual([
      'shared Dense',
      'deep Dense',
      'shared Dense',
    ]);
    expect(calls[0].inputs).toEqual(inputs);
    expect(calls[1].inputs).toEqual([calls[0].output]);
    expect(calls[2].output).toBe(outputs[0]);
  });
});

describe('traceLayer', () => {
  it('writes the first call of one layer as graph, from inputs of its own', () => {
    const last = layers.dense({ units: 1, name: 'last' });
    sequential({ layers: [layers.dense({ units: 2, inputShape: [3] }), last] });
    const { inputs, outputs, weights } = traceLayer(last as never, { batch: 4 });
    expect(inputs.map(({ shape }) => shape)).toEqual([[4, 2]]);
    expect(outputs.map(({ shape }) => shape)).toEqual([[4, 1]]);
    expect(weights.map(({ state }) => state)).toEqual(['w0:kernel', 'w1:bias']);
  });

  it('refuses layers that have not been called, and those without a record', () => {
    expect(() =>
      traceLayer(layers.dense({ units: 1, name: 'alone' }) as never, { batch: 1 }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [ProgramError: traceLayer expected a layer that is part of a model, got 'alone', which has not been called.

      Fix: add it to a tf.sequential, or apply it to a tf.input]
    `);
    const memory = layers.lstm({ units: 2, recurrentInitializer: 'glorotNormal', name: 'memory' });
    memory.apply(input({ shape: [4, 3] }));
    expect(() => traceLayer(memory as never, { batch: 1 })).toThrowErrorMatchingInlineSnapshot(`
      [UnsupportedModelError: traceLayer expected a model whose every part has a compiled form, got 1 part without one.

        layer memory (LSTM)   its class has no record

      Fix: replace the parts listed]
    `);
  });
});
