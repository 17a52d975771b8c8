import { constant, gradient, input, interpretNodes, sum } from '@polyneuron/graph';
import { testRandom } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { resolveConfig } from '../../resolveConfig.js';
import { createParameters, parameterSpecs } from '../parameters.js';
import { denseSpec } from '../stock/dense.js';
import { runLayer } from '../testing/runLayer.js';
import { type QuadDenseConfig, quadDenseSpec } from './quadDense.js';
import { higherOrderShare } from './quadraticStart.js';
import { type QuadDenseVariant, quadVariants } from './quadVariants.js';
import { backwardVariance, forwardVariances } from './testing/stackVariances.js';
import { expectSecondMoment, gaussianGrid } from './testing/unitMoments.js';

const variants = Object.keys(quadVariants) as QuadDenseVariant[];
const seeds = [1, 2, 3];
const bySeed = variants.flatMap((variant) => seeds.map((seed) => [variant, seed] as const));

describe("start 'relinear'", () => {
  it.each(bySeed)('makes %s equal to dense, bit for bit (seed %d)', (variant, seed) => {
    const config: Partial<QuadDenseConfig> = { units: 4, variant, activation: 'tanh' };
    const parameters = createParameters(quadDenseSpec, config, [[5]], seed);
    const run = { batch: 3, inputShapes: [[5]], inputs: [testRandom(seed).normals(15)] };
    const { kernelR, biasR, kernelL = kernelR, biasL = biasR } = parameters;
    const linear = { kernel: kernelL, bias: biasL };
    expect(runLayer(quadDenseSpec, { ...run, config, parameters })).toEqual(
      runLayer(denseSpec, { ...run, config: { units: 4, activation: 'tanh' }, parameters: linear }),
    );
  });

  it.each(variants)('lets %s leave it: a weight of the higher-order part has a gradient', (variant) => {
    const config = resolveConfig(quadDenseSpec, { units: 2, variant });
    const inputs = createParameters(quadDenseSpec, config, [[3]], 1);
    const leaves = Object.fromEntries(
      parameterSpecs(quadDenseSpec, config, [[3]]).map((spec) => [
        spec.name,
        input(spec.name, { shape: spec.shape, dtype: 'float32' }),
      ]),
    );
    const x = constant(testRandom(2).normals(12), [4, 3]);
    const { output } = quadDenseSpec.forward({ config, inputs: [x], parameters: leaves, isTraining: false });
    const higher = parameterSpecs(quadDenseSpec, config, [[3]]).filter(
      ({ group, role }) => group === 'higherOrder' && role === 'kernel',
    );
    const slopes = gradient(
      sum(output),
      higher.map(({ name }) => leaves[name]),
    );
    const largest = interpretNodes(slopes, { inputs }).map((slope) => Math.max(...slope.map(Math.abs)));
    expect(Math.max(...largest)).toBeGreaterThan(0.01);
  });

  it('does without the weights that are marked as higher order', () => {
    const marked = variants.map((variant) => {
      const specs = parameterSpecs(quadDenseSpec, { units: 2, variant }, [[3]]);
      const names = specs.filter(({ group }) => group === 'higherOrder').map(({ name }) => name);
      return `${variant}: ${names.join(' ')}`;
    });
    expect(marked).toEqual([
      'fan: kernelG kernelB biasG biasC',
      'product: kernelG biasG',
      'quadralib: kernelR kernelG',
      'square: kernelB',
      'lowRank: kernelQ kernelLambda',
      'symmetric: kernelS',
    ]);
  });
});

describe("start 'calibrated'", () => {
  it.each(variants)('gives %s second moment 1, and the stated share of it to the higher order', (variant) => {
    const config: Partial<QuadDenseConfig> = { units: 4000, variant, start: 'calibrated' };
    const parameters = createParameters(quadDenseSpec, config, [[3]], 9);
    const switches = ['kernelG', 'kernelB', 'kernelLambda', 'kernelS'];
    const linearOnly = Object.fromEntries(
      Object.entries(parameters).map(([name, values]) => [
        name,
        switches.includes(name) ? values.map(() => 0) : values,
      ]),
    );
    const run = { config, ...gaussianGrid };
    const y = runLayer(quadDenseSpec, { ...run, parameters });
    const linear = runLayer(quadDenseSpec, { ...run, parameters: linearOnly });
    const higher = y.map((value, at) => value - linear[at]);
    expectSecondMoment(linear, 1 - higherOrderShare);
    expectSecondMoment(higher, higherOrderShare);
    expectSecondMoment(y, 1);
  });

  it.each(bySeed)(
    'keeps the variance of eight layers of width 64 within a factor of 4: %s, seed %d',
    (variant, seed) => {
      const config: Partial<QuadDenseConfig> = { units: 64, variant, start: 'calibrated' };
      const variances = forwardVariances(quadDenseSpec, config, { width: 64, depth: 8, batch: 8, seed });
      expect(variances).toHaveLength(8);
      expectWithinFactorOf4(variances);
    },
  );

  it.each([1, 2, 3, 4, 5])('keeps signal and gradient through 16 layers of the default, seed %d', (seed) => {
    const config: Partial<QuadDenseConfig> = { units: 64, start: 'calibrated' };
    const stack = { width: 64, depth: 16, batch: 8, seed };
    expectWithinFactorOf4(forwardVariances(quadDenseSpec, config, stack));
    expectWithinFactorOf4([backwardVariance(quadDenseSpec, config, stack)]);
  });

  it('does what no other random start does: Glorot explodes and the document vanishes', () => {
    const stack = { width: 64, depth: 6, batch: 8, seed: 1 };
    const last = (start: 'random' | 'document') =>
      forwardVariances(quadDenseSpec, { units: 64, start }, stack)[5];
    expect(last('random')).toBeGreaterThan(1e20);
    expect(last('document')).toBeLessThan(0.01);
  });

  it('is blind to kernelInitializer and biasInitializer', () => {
    const config = { units: 2, start: 'calibrated' } as const;
    const laws = { kernelInitializer: { kind: 'ones' }, biasInitializer: { kind: 'ones' } } as const;
    expect(createParameters(quadDenseSpec, { ...config, ...laws }, [[3]], 1)).toEqual(
      createParameters(quadDenseSpec, config, [[3]], 1),
    );
  });
});

function expectWithinFactorOf4(variances: readonly number[]): void {
  expect(Math.max(...variances)).toBeLessThan(4);
  expect(Math.min(...variances)).toBeGreaterThan(1 / 4);
}
