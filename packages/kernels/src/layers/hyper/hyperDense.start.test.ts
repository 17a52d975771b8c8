/** @file How hyperDense begins: the laws of its emission, and the start that equals dense. */
import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { createParameters, parameterSpecs } from '../parameters.js';
import { denseSpec } from '../stock/dense.js';
import { layerFunction } from '../testing/layerFunction.js';
import { runLayer } from '../testing/runLayer.js';
import { type HyperDenseConfig, hyperDenseSpec } from './hyperDense.js';

const document: Partial<HyperDenseConfig> = { units: 1, taskHiddenUnits: [5], hiddenUnits: 10 };

describe('hyperDense at the start', () => {
  it('starts with generated kernels of variance 1 / fan-in for unit-variance z', () => {
    const config = { units: 8, hiddenUnits: 0, useBias: false } as const;
    const { emissionKernel } = createParameters(hyperDenseSpec, config, [[16], [32]], 3);
    // θ = z E: its variance is 32 times that of E. 4096 uniform draws: the sample variance is within 10 % at 7 sigma.
    const variance =
      (32 * Array.from(emissionKernel).reduce((sum, value) => sum + value * value, 0)) /
      emissionKernel.length;
    expect(variance * 16).toBeGreaterThan(0.9);
    expect(variance * 16).toBeLessThan(1.1);
  });

  it('takes the law of the document on request', () => {
    const emissionInitializer = {
      kind: 'varianceScaling',
      scale: 1,
      mode: 'fanAvg',
      distribution: 'uniform',
    } as const;
    const specs = parameterSpecs(hyperDenseSpec, { ...document, emissionInitializer }, [[3]]);
    expect(specs.find(({ name }) => name === 'emissionKernel')?.initializer).toEqual(emissionInitializer);
  });

  const zeroDelta: Partial<HyperDenseConfig> = {
    units: 4,
    base: true,
    start: 'zeroDelta',
    activation: 'tanh',
  };

  it.each<[string, Partial<HyperDenseConfig>, number[][]]>([
    ['its own z', {}, [[5]]],
    ['a z apart', { hiddenUnits: 0 }, [[5], [2]]],
    ['a z for several rows', { weightSource: 'conditional' }, [[3, 5], [2]]],
    ['a learned embedding', { weightSource: 'static' }, [[3, 5]]],
    ['encoded z', { zEncoding: 'cosSin' }, [[5], [2]]],
    ['chunks', { chunkSize: 7 }, [[5], [2]]],
  ])("starts equal to dense, bit for bit, with base and start 'zeroDelta': %s", (_, given, inputShapes) => {
    const config = { ...zeroDelta, ...given };
    const parameters = createParameters(hyperDenseSpec, config, inputShapes, 3);
    const inputs = inputShapes.map((shape, at) =>
      testRandom(at + 1).normals(2 * shape.reduce((size, extent) => size * extent, 1)),
    );
    const plain = runLayer(denseSpec, {
      config: { units: 4, activation: 'tanh' },
      batch: 2,
      inputShapes: inputShapes.slice(0, 1),
      inputs: inputs.slice(0, 1),
      parameters: { kernel: parameters.kernel0Base, bias: parameters.bias0Base },
    });
    expect(runLayer(hyperDenseSpec, { config, batch: 2, inputShapes, inputs, parameters })).toEqual(plain);
  });

  it('starts as a dense layer of rank 2 with a core: x U V', () => {
    const config: Partial<HyperDenseConfig> = {
      ...zeroDelta,
      activation: 'linear',
      rank: 2,
      rankForm: 'core',
    };
    const parameters = createParameters(hyperDenseSpec, config, [[3]], 3);
    const run = { batch: 2, inputShapes: [[3]], inputs: [testRandom(1).normals(6)] };
    const { projectionU0: u, projectionV0: v } = parameters;
    const kernel = Array.from({ length: 12 }, (_, at) => {
      const [row, column] = [Math.floor(at / 4), at % 4];
      return u[2 * row] * v[column] + u[2 * row + 1] * v[4 + column];
    });
    expectClose(
      runLayer(hyperDenseSpec, { ...run, config, parameters }),
      runLayer(denseSpec, { ...run, config: { units: 4 }, parameters: { kernel, bias: [0, 0, 0, 0] } }),
      tolerances.float64.contraction(6),
    );
  });

  it("learns from start 'zeroDelta': the emission has a gradient from the first step", () => {
    const f = layerFunction(hyperDenseSpec, zeroDelta, { batch: 3, inputShapes: [[5]] });
    const specs = parameterSpecs(hyperDenseSpec, zeroDelta, [[5]]);
    const parameters = createParameters(hyperDenseSpec, zeroDelta, [[5]], 3);
    const x = testRandom(2).normals(f.inputDimension);
    const slopes = f.gradient(
      Float64Array.from([x, ...Object.values(parameters)].flatMap((part) => Array.from(part))),
    );
    let from = f.inputDimension;
    const largest = specs.map(({ name }) => {
      from += parameters[name].length;
      return [name, Math.max(...slopes.slice(from - parameters[name].length, from).map(Math.abs))] as const;
    });
    const moving = largest.filter(([, slope]) => slope > 1e-3).map(([name]) => name);
    expect(moving).toEqual(['emissionKernel', 'kernel0Base', 'bias0Base']);
  });

  it('marks what is generated as the higher-order part of a layer with a base', () => {
    const marked = (base: boolean) =>
      parameterSpecs(hyperDenseSpec, { units: 1, base }, [[2]])
        .filter(({ group }) => group === 'higherOrder')
        .map(({ name }) => name);
    expect(marked(false)).toEqual([]);
    expect(marked(true)).toEqual(['hiddenKernel', 'hiddenBias', 'emissionKernel']);
  });
});
