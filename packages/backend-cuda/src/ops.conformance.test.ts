/** @file Every op and its derivatives, through the emitted CUDA on the host, against the float64 interpreter. */
import { expectAsInterpreted, opCases } from '@polyneuron/conformance';
import { opNames } from '@polyneuron/graph';
import { beforeAll, describe, expect, it } from 'vitest';
import { hasShim } from './testing/hostCompiler.js';
import { reportRun, runOnShim, type ShimRun } from './testing/runOnShim.js';

describe.skipIf(!hasShim('ops through the emitted CUDA'))('emitted CUDA on the host', () => {
  const cases = opNames.flatMap((op) => opCases(op).map((one) => ({ op, ...one })));
  let run: ShimRun;
  beforeAll(async () => {
    run = await runOnShim(cases);
    reportRun('ops', run);
  }, 300_000);

  it.each(opNames)('computes %s and its derivatives as the interpreter does', (op) => {
    const own = [...cases.keys()].filter((at) => cases[at].op === op);
    expect(own.length).toBeGreaterThan(0);
    for (const at of own) expectAsInterpreted(cases[at], run.results[at]);
  });
});
