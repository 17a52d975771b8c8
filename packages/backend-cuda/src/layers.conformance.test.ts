/**
 * @file Every layer record and its derivatives, through the emitted CUDA on the host, against the float64 interpreter.
 *
 * All samples to the gradient, the first one to the second derivative, the large one to the gradient.
 * `POLYNEURON_EVERY_SAMPLE=1` runs all to the second derivatives, in two batches.
 */
import { expectAsInterpreted, largeLayerCases, layerCases, layerNames } from '@polyneuron/conformance';
import { beforeAll, describe, expect, it } from 'vitest';
import { hasShim } from './testing/hostCompiler.js';
import { reportRun, runOnShim, type ShimRun } from './testing/runOnShim.js';

describe.skipIf(!hasShim('layers through the emitted CUDA'))('emitted CUDA on the host', () => {
  const isEvery = process.env.POLYNEURON_EVERY_SAMPLE === '1';
  const batches = isEvery ? [3, 9] : [3];
  const cases = layerNames.flatMap((name) =>
    [
      ...batches.flatMap((batch) =>
        layerCases(name, { batch, orderOf: (sample) => (isEvery || sample === 0 ? 2 : 1) }),
      ),
      ...largeLayerCases(name, isEvery ? 2 : 1),
    ].map((one) => ({ name, ...one })),
  );
  let run: ShimRun;
  beforeAll(async () => {
    run = await runOnShim(cases);
    reportRun('layers', run);
  }, 600_000);

  it.each(layerNames)('computes %s and its derivatives', (name) => {
    const own = [...cases.keys()].filter((at) => cases[at].name === name);
    expect(own.length).toBeGreaterThan(0);
    for (const at of own) expectAsInterpreted(cases[at], run.results[at]);
  });
});
