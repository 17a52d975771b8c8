/** @file Every activation, loss and optimizer through the emitted CUDA on the host, against the float64 interpreter. */
import {
  activationCases,
  allActivations,
  allLosses,
  allOptimizers,
  expectAsInterpreted,
  lossCases,
} from '@polyneuron/conformance';
import { beforeAll, describe, expect, it } from 'vitest';
import { functionSizes, scannedOptimizerCases } from './testing/functionSizes.js';
import { hasShim } from './testing/hostCompiler.js';
import { reportRun, runOnShim, type ShimRun } from './testing/runOnShim.js';

const subjects = [
  ...allActivations.map((spec) => ({
    title: `activation ${spec.name}`,
    cases: activationCases(spec, functionSizes),
  })),
  ...allLosses.map((spec) => ({ title: `loss ${spec.name}`, cases: lossCases(spec, functionSizes) })),
  ...allOptimizers.map((spec) => ({ title: `optimizer ${spec.name}`, cases: scannedOptimizerCases(spec) })),
];

describe.skipIf(!hasShim('functions through the emitted CUDA'))('emitted CUDA on the host', () => {
  const cases = subjects.flatMap(({ title: subject, cases: own }) => own.map((one) => ({ subject, ...one })));
  let run: ShimRun;
  beforeAll(async () => {
    run = await runOnShim(cases);
    reportRun('functions', run);
  }, 300_000);

  it.each(subjects)('computes $title', ({ title }) => {
    const own = [...cases.keys()].filter((at) => cases[at].subject === title);
    expect(own.length).toBeGreaterThan(0);
    for (const at of own) expectAsInterpreted(cases[at], run.results[at]);
  });
});
