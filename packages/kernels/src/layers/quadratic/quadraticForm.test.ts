import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { createParameters, parameterSpecs } from '../parameters.js';
import { denseSpec } from '../stock/dense.js';
import { runLayer } from '../testing/runLayer.js';
import { bilinearSpec } from './bilinear.js';
import { quadDenseSpec } from './quadDense.js';
import { type QuadraticFormConfig, quadraticFormSpec } from './quadraticForm.js';
import { higherOrderShare } from './quadraticStart.js';
import { expectSecondMoment, gaussianGrid } from './testing/unitMoments.js';

const n = 4;
const units = 3;
const sample = { batch: 5, inputShapes: [[n]], inputs: [testRandom(3).normals(5 * n)] };
const matrices = Array.from({ length: units }, (_, k) =>
  Array.from({ length: n }, () => Array.from(testRandom(k + 20).normals(n))),
).map((matrix, k) => matrix.map((row, i) => row.map((value, j) => value + 0.1 * (i - j) + k)));
const bare = { units, useLinear: false, useBias: false, start: 'random' } as const;

describe('quadraticForm', () => {
  it.each([
    // x = [1, 2]: 1·1 + (2 + 3)·2 + 4·4 = 27, and 27 + (5 - 2·1) + 7
    ['full', { kernelA: [1, 2, 3, 4] }, 27],
    ['symmetric', { kernelS: [1, 5, 4] }, 27],
    // 3 (1 + 2)² - 2·0
    ['lowRank', { kernelQ: [1, 2, 1, -1], kernelLambda: [3, -2] }, 27],
  ] as const)('computes the hand-worked example: %s', (form, parameters, value) => {
    const run = { inputShapes: [[2]], inputs: [[1, 2]] };
    const config = { units: 1, form } as const;
    expect(runLayer(quadraticFormSpec, { ...run, config: { ...bare, ...config }, parameters })).toEqual([
      value,
    ]);
    const affine = { kernelL: [5, -1], biasL: [7] };
    expect(runLayer(quadraticFormSpec, { ...run, config, parameters: { ...parameters, ...affine } })).toEqual(
      [value + 10],
    );
  });

  it('full equals full with (A + Aᵀ)/2, and symmetric with its upper triangle', () => {
    const run = (form: QuadraticFormConfig['form'], parameters: Record<string, number[]>) =>
      runLayer(quadraticFormSpec, { ...sample, config: { ...bare, form }, parameters });
    const kernelA = matrices.flat(2);
    const symmetrized = matrices.map((a) => a.map((row, i) => row.map((value, j) => (value + a[j][i]) / 2)));
    const monomials = symmetrized.map((a) =>
      a.flatMap((row, i) => row.slice(i).map((value, at) => (at === 0 ? value : 2 * value))),
    );
    const kernelS = monomials[0].flatMap((_, at) => monomials.map((one) => one[at]));
    const expected = run('full', { kernelA });
    const bound = tolerances.float64.contraction(n * n);
    expectClose(run('full', { kernelA: symmetrized.flat(2) }), expected, bound);
    expectClose(run('symmetric', { kernelS }), expected, bound);
  });

  it('full equals the definition Σ_ij A_ij x_i x_j', () => {
    const y = runLayer(quadraticFormSpec, {
      ...sample,
      config: { ...bare, form: 'full' },
      parameters: { kernelA: matrices.flat(2) },
    });
    const [x] = sample.inputs;
    const expected = Array.from({ length: 5 * units }, (_, at) => {
      const row = x.slice(n * Math.floor(at / units), n * Math.floor(at / units) + n);
      return matrices[at % units].reduce(
        (total, line, i) => total + line.reduce((sum, value, j) => sum + value * row[i] * row[j], 0),
        0,
      );
    });
    expectClose(y, expected, tolerances.float64.contraction(n * n));
  });

  it('full equals bilinear of x with itself', () => {
    const run = { batch: 5, inputShapes: [[n], [n]], inputs: [sample.inputs[0], sample.inputs[0]] };
    const kernel = matrices.flat(2);
    expect(
      runLayer(bilinearSpec, { ...run, config: { units, useBias: false }, parameters: { kernel } }),
    ).toEqual(
      runLayer(quadraticFormSpec, {
        ...sample,
        config: { ...bare, form: 'full' },
        parameters: { kernelA: kernel },
      }),
    );
  });

  it.each(['symmetric', 'lowRank'] as const)('is quadDense of variant %s', (shape) => {
    const config = { units, start: 'random', rank: 3 } as const;
    const parameters = createParameters(quadDenseSpec, { ...config, variant: shape }, [[n]], 2);
    expect(
      runLayer(quadraticFormSpec, { ...sample, config: { ...config, form: shape }, parameters }),
    ).toEqual(runLayer(quadDenseSpec, { ...sample, config: { ...config, variant: shape }, parameters }));
  });

  it.each(['full', 'symmetric', 'lowRank'] as const)("%s starts as dense with start 'relinear'", (form) => {
    const config = { units, form, activation: 'tanh' } as const;
    const parameters = createParameters(quadraticFormSpec, config, [[n]], 1);
    const linear = { kernel: parameters.kernelL, bias: parameters.biasL };
    expect(runLayer(quadraticFormSpec, { ...sample, config, parameters })).toEqual(
      runLayer(denseSpec, { ...sample, config: { units, activation: 'tanh' }, parameters: linear }),
    );
    const specs = parameterSpecs(quadraticFormSpec, config, [[n]]);
    const marked = specs.filter(({ group }) => group === 'higherOrder').map(({ name }) => name);
    expect(marked).toEqual(specs.map(({ name }) => name).filter((name) => !name.endsWith('L')));
  });

  it.each(['full', 'symmetric', 'lowRank'] as const)(
    "%s has second moment 1 with start 'calibrated'",
    (form) => {
      const run = (useLinear: boolean) => {
        const config = { units: 4000, form, start: 'calibrated', useLinear } as const;
        const parameters = createParameters(quadraticFormSpec, config, [[3]], 7);
        return { ...gaussianGrid, config, parameters };
      };
      expectSecondMoment(runLayer(quadraticFormSpec, run(false)), 1);
      const { config, parameters } = run(true);
      expectSecondMoment(runLayer(quadraticFormSpec, { ...gaussianGrid, config, parameters }), 1);
      const { kernelL, ...rest } = parameters;
      const formAlone = { ...rest, kernelL: kernelL.map(() => 0) };
      expectSecondMoment(
        runLayer(quadraticFormSpec, { ...gaussianGrid, config, parameters: formAlone }),
        higherOrderShare,
      );
    },
  );

  it('rejects what it does not take', () => {
    const run = (config: object, inputShapes = [[3]]) =>
      expect(() => runLayer(quadraticFormSpec, { config, inputShapes, inputs: [] }));
    run({ units: 0 }).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: quadraticForm expected units to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    run({ units: 1, rank: 1.5 }).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: quadraticForm expected rank to be a whole number of at least 1, got 1.5.

      Fix: pass a whole number from 1 on]
    `);
    run({ units: 1, form: 'diagonal' }).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: quadraticForm expected form to be one of 'full', 'symmetric', 'lowRank', got 'diagonal'.

      Fix: check the spelling of the value]
    `);
    run({ units: 1, start: 'document' }).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: quadraticForm expected start to be one of 'relinear', 'random', 'calibrated', got 'document'.

      Fix: check the spelling of the value]
    `);
    run({ units: 1, useLinear: false }).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: quadraticForm expected useLinear: true with start 'relinear', which is that path alone, got useLinear: false.

      Fix: pass start: 'calibrated' or 'random', or keep the linear path]
    `);
    run({ units: 1 }, []).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: quadraticForm expected one input of rank 2 or more, got none.

      Fix: reshape the input]
    `);
  });
});
