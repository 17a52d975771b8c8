import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { createParameters, parameterSpecs } from '../parameters.js';
import { runLayer } from '../testing/runLayer.js';
import { type FilmConfig, filmSpec } from './film.js';

const inputShapes = [[2], [1]];

describe('film', () => {
  it('computes the hand-worked example', () => {
    const parameters = { scaleKernel: [1, -1], scaleBias: [0, 2], shiftKernel: [10, 20], shiftBias: [1, 0] };
    // z = 3: γ = 1 + [3, -1], β = [31, 60]; x = [5, 7]
    const run = { inputShapes, inputs: [[5, 7], [3]] };
    expect(runLayer(filmSpec, { ...run, config: {}, parameters })).toEqual([51, 60]);
    const { shiftKernel, shiftBias, ...scaling } = parameters;
    expect(runLayer(filmSpec, { ...run, config: { useShift: false }, parameters: scaling })).toEqual([20, 0]);
    expect(
      runLayer(filmSpec, { ...run, config: { scale: 'none' }, parameters: { shiftKernel, shiftBias } }),
    ).toEqual([36, 67]);
    expectClose(
      runLayer(filmSpec, { ...run, config: { scale: 'sigmoid', useShift: false }, parameters: scaling }),
      [10 / (1 + Math.exp(-3)), 14 / (1 + Math.exp(1))],
      tolerances.float64.transcendental,
    );
  });

  it.each<Partial<FilmConfig>>([
    {},
    { scale: 'sigmoid' },
    { hiddenUnits: 4 },
    { hiddenUnits: 4, useShift: false },
    { scale: 'none' },
  ])('starts as the identity, bit for bit: %j', (config) => {
    const shapes = [[3, 5], [2]];
    const parameters = createParameters(filmSpec, config, shapes, 1);
    const [x, z] = [testRandom(1).normals(30), testRandom(2).normals(4)];
    expect(runLayer(filmSpec, { config, batch: 2, inputShapes: shapes, inputs: [x, z], parameters })).toEqual(
      Array.from(x),
    );
  });

  it('modulates every position of an image by the z of its sample', () => {
    const shapes = [[2, 3, 4], [3]];
    const config: Partial<FilmConfig> = { hiddenUnits: 3, hiddenActivation: 'tanh' };
    const random = testRandom(5);
    const parameters = Object.fromEntries(
      parameterSpecs(filmSpec, config, shapes).map(({ name, shape }) => [
        name,
        random.normals(shape.reduce((size, extent) => size * extent, 1)),
      ]),
    );
    const [x, z] = [random.normals(2 * 24), random.normals(6)];
    const whole = runLayer(filmSpec, { config, batch: 2, inputShapes: shapes, inputs: [x, z], parameters });
    for (const sample of [0, 1]) {
      for (let position = 0; position < 6; position++) {
        const from = 24 * sample + 4 * position;
        const pixel = runLayer(filmSpec, {
          config,
          inputShapes: [[4], [3]],
          inputs: [x.slice(from, from + 4), z.slice(3 * sample, 3 * sample + 3)],
          parameters,
        });
        expect(whole.slice(from, from + 4)).toEqual(pixel);
      }
    }
  });

  it('draws its last layer by modulationInitializer', () => {
    const law = { kind: 'normal', mean: 0, stddev: 0.1 } as const;
    const specs = parameterSpecs(filmSpec, { modulationInitializer: law, hiddenUnits: 2 }, inputShapes);
    expect(specs.map(({ name, initializer }) => [name, initializer.kind])).toEqual([
      ['hiddenKernel', 'varianceScaling'],
      ['hiddenBias', 'zeros'],
      ['scaleKernel', 'normal'],
      ['scaleBias', 'zeros'],
      ['shiftKernel', 'normal'],
      ['shiftBias', 'zeros'],
    ]);
  });

  it('rejects one input, other leading axes, and options that leave nothing', () => {
    const run = (config: object, shapes: number[][]) => () =>
      runLayer(filmSpec, { config, inputShapes: shapes, inputs: [] });
    expect(run({}, [[3]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: film expected inputs [x, z] with z [batch, ..., m] over the batch, or over more of the leading axes of x [batch, ..., n], got [batch, 3].

      Fix: pass z beside x, with no axis before its features that x does not have]
    `);
    expect(run({}, [[3], [2, 3]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: film expected inputs [x, z] with z [batch, ..., m] over the batch, or over more of the leading axes of x [batch, ..., n], got [batch, 3] and [batch, 2, 3].

      Fix: pass z beside x, with no axis before its features that x does not have]
    `);
    expect(run({ scale: 'none', useShift: false }, inputShapes)).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: film expected a scale or a shift, got scale: 'none' and useShift: false.

      Fix: pass scale: 'residual' or useShift: true]
    `);
    expect(run({ scale: 'gate' }, inputShapes)).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: film expected scale to be one of 'residual', 'sigmoid', 'none', got 'gate'.

      Fix: check the spelling of the value]
    `);
    expect(run({ hiddenUnits: 1.5 }, inputShapes)).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: film expected hiddenUnits to be a whole number of at least 0, got 1.5.

      Fix: pass a whole number from 0 on]
    `);
  });
});
