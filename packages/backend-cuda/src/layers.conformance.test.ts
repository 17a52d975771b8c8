/** @file Every layer record and its derivatives, through the emitted CUDA on the host, against the float64 interpreter. */
import { beforeAll, describe, expect, it } from 'vitest';
import { hasCompiler } from './testing/hostCompiler.js';
import { largeLayerCases, layerCases, layerNames } from './testing/layerCases.js';
import { reportRun, runOnShim, type ShimRun } from './testing/runOnShim.js';
import { expectAsInterpreted } from './testing/shimCase.js';

describe.skipIf(!hasCompiler('g++', 'layers through the emitted CUDA'))('emitted CUDA on the host', () => {
  const cases = layerNames.flatMap((name) =>
    [...layerCases(name, 3, 2), ...largeLayerCases(name, 2)].map((one) => ({ name, ...one })),
  );
  let run: ShimRun;
  beforeAll(async () => {
    run = await runOnShim(cases);
    reportRun('layers', run);
  }, 600_000);

  it.each(layerNames)('computes %s to its second derivatives', (name) => {
    const own = [...cases.keys()].filter((at) => cases[at].name === name);
    expect(own.length).toBeGreaterThan(0);
    for (const at of own) expectAsInterpreted(cases[at], run.results[at]);
  });
});
