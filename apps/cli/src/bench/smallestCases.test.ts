import { createWasmBackend } from '@polyneuron/backend-wasm';
import {
  benchCases,
  platformClock,
  programContender,
  runBenchIn,
  type Suite,
  suites,
} from '@polyneuron/bench';
import { describe, expect, it } from 'vitest';
import { sampleBenchReport } from './sampleBenchReport.js';

/** A case of each suite whose float64 reference costs little. */
const smallest: { readonly [S in Suite]: string } = {
  steps: 'lift',
  gemm: 'gemm-64-nt',
  layers: 'layer-softmax-gradient',
  convolution: 'conv-28x28x1-3x3x16-gradient',
  inference: 'predict-cross-32',
  compile: 'start-cross',
  convergence: 'until-quad-autoencoder',
  scaling: 'scaling-quadDense-width-8',
};

describe('a case of each suite', () => {
  it.each(suites)('is right and timed on the compiler: %s', async (suite) => {
    const options = { suite, cases: [smallest[suite]], backends: [], baseline: 'polyneuron-wasm' };
    const { results, errors, missing } = await runBenchIn(
      { ...options, rounds: 5, budgetMs: 50, minimumTimingMs: 1 },
      {
        clock: platformClock,
        registry: benchCases,
        specs: [programContender({ name: 'wasm', open: async () => createWasmBackend() })],
        // Nothing here is about the machine.
        measurePeak: () => undefined,
        captureEnvironment: async () => sampleBenchReport.environment,
      },
    );
    expect({ errors, missing }).toEqual({ errors: [], missing: [] });
    expect(results).toHaveLength(1);
    const [result] = results as [(typeof results)[0]];
    const { unit, axis } = benchCases.find(({ name }) => name === smallest[suite])!;
    expect(result).toMatchObject({ suite, unit, samples: 5, ...(axis && { axis }) });
    expect(result.maxError).toBeLessThanOrEqual(result.tolerance);
    // A call is timed alone; a start or a training to a goal has no rate of arithmetic
    if (unit === 'ms/call') expect(result.runs).toBe(5);
    expect(result.gflops === undefined).toBe(unit === 'ms');
  });
});
