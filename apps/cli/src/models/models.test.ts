import { describe, expect, it } from 'vitest';
import { parseLayers } from './parseLayers.js';

const choices = (text: string) => parseLayers(text).map(({ spec, config }) => [spec.name, config]);

describe('parseLayers', () => {
  it.each([
    [
      'featureCross,dense:1',
      [
        ['featureCross', {}],
        ['dense', { units: 1 }],
      ],
    ],
    ['dense:10:softmax', [['dense', { units: 10, activation: 'softmax' }]]],
    [
      'conv2d:8:[3,3]:relu:padding=same',
      [['conv2d', { filters: 8, kernelSize: [3, 3], activation: 'relu', padding: 'same' }]],
    ],
    ['dropout:0.25', [['dropout', { rate: 0.25 }]]],
    ['activation:relu', [['activation', { activation: 'relu' }]]],
    [
      'hyperDense:1:taskHiddenUnits=[5,5]:hiddenUnits=10',
      [['hyperDense', { units: 1, taskHiddenUnits: [5, 5], hiddenUnits: 10 }]],
    ],
    ['reshape:[7,7,16]', [['reshape', { targetShape: [7, 7, 16] }]]],
  ])('reads %s', (text, expected) => {
    expect(choices(text)).toEqual(expected);
  });

  it('suggests the layer that was meant', () => {
    expect(() => parseLayers('quadDnese:3')).toThrow("did you mean 'quadDense'?");
  });

  it('rejects an unknown option', () => {
    expect(() => parseLayers('dense:3:unitz=4')).toThrowErrorMatchingInlineSnapshot(`
      [UsageError: layer 'dense:3:unitz=4' expected options among units, activation, useBias, kernelInitializer, biasInitializer, got 'unitz'.

      Fix: did you mean 'units'?]
    `);
  });

  it('rejects an unknown activation', () => {
    expect(() => parseLayers('dense:3:reluu')).toThrow("did you mean 'relu'?");
  });

  it('rejects a missing option', () => {
    expect(() => parseLayers('dense')).toThrowErrorMatchingInlineSnapshot(`
      [UsageError: layer 'dense' expected units (number of outputs), got none.

      Fix: write dense:VALUE]
    `);
  });

  it('rejects a value too many', () => {
    expect(() => parseLayers('dense:3:relu:7')).toThrowErrorMatchingInlineSnapshot(`
      [UsageError: layer 'dense:3:relu:7' expected no further bare value, got '7'.

      Fix: write key=value with one of units, activation, useBias, kernelInitializer, biasInitializer]
    `);
  });
});
