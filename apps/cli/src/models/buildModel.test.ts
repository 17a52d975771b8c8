import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import { buildModel } from './buildModel.js';
import { parseLayers } from './parseLayers.js';

const build = (inputShape: number[], text: string) => buildModel(inputShape, parseLayers(text), 0);

describe('buildModel', () => {
  it('makes our layers and stock ones, one after the other', () => {
    const classes = build([4], 'quadDense:3,leakyRelu:alpha=0.1,dense:1').layers.map((layer) =>
      layer.getClassName(),
    );
    expect(classes).toEqual(['InputLayer', 'QuadDense', 'LeakyReLU', 'Dense']);
  });

  it('rejects a layer that joins several inputs', () => {
    expect(() => build([4], 'concatenate')).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: concatenate expected two or more inputs of one rank, got [batch, 4].

      Fix: pass a list of inputs, reshaped to one rank]
    `);
  });

  it('rejects an input that only tfjs refuses', () => {
    expect(() => build([4], 'flatten,dense:1')).toThrowErrorMatchingInlineSnapshot(`
      [UsageError: layer 'flatten' expected an input that its tfjs layer takes, got the error 'Input 0 is incompatible with layer flatten_1: expected min_ndim=3, found ndim=2.'.

      Fix: see 'polyneuron layers flatten' for the options, their forms and the inputs]
    `);
  });

  it('rejects an option that only tfjs refuses', () => {
    expect(() => build([4], 'dense:1:kernelInitializer=glorot')).toThrowErrorMatchingInlineSnapshot(`
      [UsageError: layer 'dense' expected options that its tfjs layer takes, got the error 'Unknown initializer: glorot'.

      Fix: see 'polyneuron layers dense' for the options, their forms and the inputs]
    `);
  });

  it('rejects an option of another kind', () => {
    expect(() => build([4], 'dense:1:useBias=maybe')).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: dense expected useBias to be true or false, got "maybe".

      Fix: pass true or false; the default is true]
    `);
    expect(() => build([4], 'hyperDense:1:taskHiddenUnits=5')).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: hyperDense expected taskHiddenUnits to be a list, got 5.

      Fix: pass a list; the default is []]
    `);
  });
});
