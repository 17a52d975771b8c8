/** @file Which records need samples: those of degree 3 and more, told from the graph alone. */
import { input, topologicalOrder } from '@polyneuron/graph';
import { type LayerSpec, layers, parameterSpecs, resolveConfig } from '@polyneuron/kernels';
import { describe, expect, it } from 'vitest';
import { secondDerivative } from './secondDerivative.js';

const cases = Object.values(layers as Readonly<Record<string, LayerSpec>>).flatMap((spec) =>
  spec.samples.flatMap(({ config, inputShapes }) => {
    const resolved = resolveConfig(spec, config);
    const degree = spec.degree(resolved);
    const linear = 'activation' in resolved ? { ...config, activation: 'linear' } : config;
    const title = `${spec.name}(${JSON.stringify(config)}) of ${JSON.stringify(inputShapes)}`;
    return degree === undefined ? [] : [{ title, spec, config: linear, inputShapes, degree }];
  }),
);

describe.each(cases)('$title', ({ spec, config, inputShapes, degree }) => {
  it(`of degree ${degree} ${degree > 2 ? 'needs samples' : 'needs none'}`, () => {
    const inputs = inputShapes.map((shape, at) =>
      input(`x${at}`, { shape: [2, ...shape], dtype: 'float32' }),
    );
    const parameters = Object.fromEntries(
      parameterSpecs(spec, config, inputShapes).map(({ name, shape, dtype = 'float32' }) => [
        name,
        input(`parameter:${name}`, { shape, dtype }),
      ]),
    );
    const { output } = spec.forward({
      config: resolveConfig(spec, config),
      inputs,
      parameters,
      isTraining: false,
      ...(spec.usesRandom && { randomKey: input('key', { shape: [2], dtype: 'int32' }) }),
    });
    // A softmax over one expert is the constant 1, which no identity of the graph tells: samples are asked for in vain.
    const isBent = topologicalOrder([output]).some(({ op }) => op === 'exp');
    expect(secondDerivative({ inputs, outputs: [output] }).dependsOnInputs).toBe(degree > 2 || isBent);
  });
});
