import { input, interpretNodes, type Shape, sizeOf } from '@polyneuron/graph';
import { expectClose, testRandom } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { initializers } from '../../initializers/initializer.js';
import { initialValues } from '../../initializers/initialValues.js';
import type { LayerSpec } from '../../layerSpec.js';
import { resolveConfig } from '../../resolveConfig.js';
import { createParameters, parameterSpecs } from '../parameters.js';
import { layerFunction } from '../testing/layerFunction.js';
import type { Generator } from './generatorOptions.js';
import { type HyperDenseConfig, hyperDenseSpec } from './hyperDense.js';
import { hyperfanVariances, hyperStarts } from './hyperfan.js';
import { type HyperNetworkConfig, hyperNetworkSpec } from './hyperNetwork.js';
import { type TaskNetwork, taskTensors } from './taskNetwork.js';
import { generateWeights } from './weightGenerator.js';

const network: TaskNetwork = { inputs: 8, units: [5, 6], useBias: true, rank: null };
/** Second moments of relu come from a midpoint rule. */
const atKinks = { rtol: 1e-3, atol: 0 };

describe('hyperfanVariances', () => {
  it.each([
    // kernel 1 / (2 n q), bias 1/2; q = 1 for x and 1/2 after relu
    ['hyperfanIn', network, [1 / 16, 1 / 2, 1 / 5, 1 / 2]],
    // kernel 1 / (m s), bias max(0, 1 - n q / (m s)); s = 1/2 before relu and 1 before the output
    ['hyperfanOut', network, [2 / 5, 0, 1 / 6, 7 / 12]],
    ['hyperfanIn', { ...network, useBias: false }, [1 / 8, 2 / 5]],
    // u 1 / (n q), v 1 / (2 r)
    ['hyperfanIn', { ...network, rank: 2 }, [1 / 8, 1 / 4, 1 / 2, 2 / 5, 1 / 4, 1 / 2]],
    ['hyperfanIn', { ...network, rank: 2, rankForm: 'core' }, [1 / 4, 1 / 2, 1 / 2, 1 / 2]],
    ['zeroDelta', network, [0, 0, 0, 0]],
  ] as const)('%s of %j', (start, task, expected) => {
    const variances = hyperfanVariances(task, 'relu', start);
    expect(variances.map((variance) => variance === 0)).toEqual(expected.map((variance) => variance === 0));
    expectClose(variances, expected, atKinks);
  });

  it('defect: hypnettorch harmonic start takes 2 (1/a + 1/b) for the harmonic mean', () => {
    // 2 / (16 + 5/2), not 2 (16 + 5/2) = 37
    expectClose(hyperfanVariances(network, 'relu', 'hyperfanHarmonic')[0], 2 / (16 + 5 / 2), atKinks);
    expect(hyperStarts.hyperfanHarmonic(1 / 3, 1 / 6)).toBeCloseTo(2 / 9, 14);
  });

  it('defect: hypnettorch harmonic start divides by zero when the fan-out variance of a bias is 0', () => {
    const variances = hyperfanVariances(network, 'relu', 'hyperfanHarmonic');
    expect(variances[1]).toBe(0);
    expect(variances.every(Number.isFinite)).toBe(true);
    expect(hyperStarts.hyperfanHarmonic(0, 0)).toBe(0);
    const config = { taskUnits: [5, 6], start: 'hyperfanHarmonic' } as const;
    const { emissionKernel } = createParameters(hyperNetworkSpec, config, [[8]], 1);
    expect(emissionKernel.every(Number.isFinite)).toBe(true);
  });
});

/** The first values of all parameters for many seeds, without asking for the laws each time. */
function drawing(spec: LayerSpec, config: object, inputShapes: readonly Shape[]) {
  const parameters = parameterSpecs(spec, config, inputShapes);
  return (seed: number) =>
    Object.fromEntries(parameters.map((one) => [one.name, initialValues(one, seed, one.name)]));
}

const hidden = 12;
const features = { x: 8, z: 12 };

/** Mean squares of every generated tensor over seeds, each with one z from the standard normal law. */
function generatedMoments(given: Partial<HyperNetworkConfig>, seeds: number): number[] {
  const config = resolveConfig(hyperNetworkSpec, { taskUnits: [5, 6], hiddenUnits: [hidden], ...given });
  const isStatic = config.weightSource === 'static';
  const shapes = isStatic ? [[features.x]] : [[features.x], [features.z]];
  const leaf = (name: string, shape: Shape) => input(name, { shape, dtype: 'float32' });
  const leaves = parameterSpecs(hyperNetworkSpec, config, shapes).map(
    ({ name, shape }) => [name, leaf(name, shape)] as const,
  );
  const generator: Generator = {
    layer: 'hyperNetwork',
    config,
    taskUnits: config.taskUnits,
    hidden: config.hiddenUnits.map((units, at) => ({ name: `hidden${at}`, units })),
  };
  const z = isStatic ? undefined : leaf('z', [1, features.z]);
  const tensors = generateWeights(generator, features.x, z, Object.fromEntries(leaves));
  const draw = drawing(hyperNetworkSpec, config, shapes);
  const random = testRandom(17);
  const sums = tensors.map(() => 0);
  for (let seed = 0; seed < seeds; seed++) {
    const inputs = { ...draw(seed), z: random.normals(features.z) };
    interpretNodes(tensors, { inputs }).forEach((values, at) => {
      sums[at] += values.reduce((total, value) => total + value * value, 0) / values.length / seeds;
    });
  }
  return sums;
}

describe('generated weights at the start', () => {
  /**
   * Encoded, z has one norm, and a generated weight is a sum of 24 uniform terms: the mean square of the 5 values of the
   * smallest tensor deviates by sqrt(2 / 5) in a seed, 1.7 % over 1500.
   */
  it.each(['hyperfanIn', 'hyperfanOut'] as const)(
    'have the variance of their fans within a twentieth over 1500 seeds, tensor by tensor: %s',
    (start) => {
      const targets = hyperfanVariances(network, 'relu', start);
      const moments = generatedMoments({ start, zEncoding: 'cosSin', hiddenUnits: [] }, 1500);
      expect(moments.length).toBe(targets.length);
      for (const [at, target] of targets.entries()) {
        if (target === 0) expect(moments[at]).toBe(0);
        else expect(Math.abs(moments[at] / target - 1), `tensor ${at}: ${moments[at]}`).toBeLessThan(0.05);
      }
    },
  );

  /** What all tensors share, the spread of |h|², is below 0.6 in a seed: 1.9 % over 1000. */
  it.each<[string, Partial<HyperNetworkConfig>]>([
    ['hyperfanHarmonic', { start: 'hyperfanHarmonic' }],
    [
      'tanh under a hidden law of its own',
      { hiddenActivation: 'tanh', kernelInitializer: initializers.heNormal },
    ],
    ['a learned embedding', { weightSource: 'static', embeddingSize: 12 }],
    ['cosSin', { zEncoding: 'cosSin' }],
    ['chunks', { chunkSize: 20, chunkEmbeddingSize: 4 }],
    ['factors', { rank: 2 }],
  ])('have it within a twentieth over 1000 seeds, all tensors together: %s', (_, config) => {
    const { start = 'hyperfanIn', rank = null } = config;
    const task = { ...network, rank };
    const targets = hyperfanVariances(task, 'relu', start);
    const moments = generatedMoments(config, 1000);
    const sizes = taskTensors(task).map(({ shape }, at) => (targets[at] === 0 ? 0 : sizeOf(shape)));
    const weigh = (ratio: (at: number) => number) =>
      sizes.reduce((sum, size, at) => sum + (size && size * ratio(at)), 0);
    const ratio = weigh((at) => moments[at] / targets[at]) / weigh(() => 1);
    expect(Math.abs(ratio - 1), `ratio ${ratio}`).toBeLessThan(0.05);
  });
});

describe('the output at the start', () => {
  it.each<[string, Partial<HyperDenseConfig>, number, number]>([
    ['z apart', {}, 2, 1],
    ['z apart, no biases', { useBias: false }, 2, 1],
    // Layers share one |h(z)|², whose spread multiplies: here it has none
    ['two layers, cosSin', { taskHiddenUnits: [5], zEncoding: 'cosSin', hiddenUnits: 0 }, 2, 1],
    // 1 + 1/n with biases, 1 + 2/n without
    ['z = x', {}, 1, 1 + 1 / 6],
    ['z = x, no biases', { useBias: false, hiddenUnits: 0 }, 1, 1 + 2 / 6],
  ])(
    'of hyperDense has the E[y²] of its docs within a twentieth over 600 seeds: %s',
    (_, given, count, expected) => {
      const inputShapes = [[6], [12]].slice(0, count);
      const config: Partial<HyperDenseConfig> = { units: 4, hiddenUnits: 12, ...given };
      const f = layerFunction(hyperDenseSpec, config, { batch: 6, inputShapes });
      const draw = drawing(hyperDenseSpec, config, inputShapes);
      const random = testRandom(23);
      let moment = 0;
      for (let seed = 0; seed < 600; seed++) {
        const parts = [random.normals(f.inputDimension), ...Object.values(draw(seed))];
        const y = f.output(Float64Array.from(parts.flatMap((part) => Array.from(part))));
        moment += y.reduce((sum, value) => sum + value * value, 0) / y.length / 600;
      }
      expect(Math.abs(moment / expected - 1), `E[y²] ${moment}`).toBeLessThan(0.05);
    },
  );
});
