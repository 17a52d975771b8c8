import { describe, expect, it } from 'vitest';
import { closestName } from './closestName.js';
import { layer, layers } from './layers.js';

describe('layer', () => {
  it('finds every layer by its name', () => {
    for (const [name, spec] of Object.entries(layers)) expect(layer(name)).toBe(spec);
  });

  it('suggests the closest name, ignoring case', () => {
    expect(() => layer('QuadDens')).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: layer expected one of quadDense, featureCross, hyperDense, taylor, householder, affine, dense, conv2d, maxPool2d, averagePool2d, globalAveragePool2d, flatten, reshape, activation, softmax, dropout, concatenate, add, multiply, got 'QuadDens'.

      Fix: did you mean 'quadDense'?]
    `);
  });

  it('lists all names when none is close', () => {
    expect(() => layer('lstm')).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: layer expected one of quadDense, featureCross, hyperDense, taylor, householder, affine, dense, conv2d, maxPool2d, averagePool2d, globalAveragePool2d, flatten, reshape, activation, softmax, dropout, concatenate, add, multiply, got 'lstm'.

      Fix: pass one of the names above]
    `);
    expect(() => layer('toString')).toThrow(/layer expected one of/);
  });
});

describe('closestName', () => {
  it('allows two edits, or a third of the length', () => {
    expect(closestName('dens', ['dense', 'add'])).toBe('dense');
    expect(closestName('featurecros', ['featureCross'])).toBe('featureCross');
    expect(closestName('xyz', ['dense'])).toBeUndefined();
    expect(closestName('x', [])).toBeUndefined();
  });
});
