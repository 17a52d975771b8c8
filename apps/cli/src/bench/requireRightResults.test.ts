import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '../failure.js';
import { requireRightResults } from './requireRightResults.js';
import { sampleBenchReport } from './sampleBenchReport.js';

function failureOf(action: () => void): unknown {
  try {
    action();
  } catch (failure) {
    return failure;
  }
  return undefined;
}

describe('requireRightResults', () => {
  it('accepts results without an error, whoever is missing', () => {
    requireRightResults({ ...sampleBenchReport, errors: [] });
  });

  it('rejects a report with a wrong result, with exit code 1', () => {
    const failure = failureOf(() => requireRightResults(sampleBenchReport));
    expect(exitCodeOf(failure)).toBe(1);
    expect(failure).toMatchInlineSnapshot(`
      [MeasurementError: polyneuron bench expected every contender to compute the right result, got 1 refused, which the report lists.

        lift, polyneuron-wasm, 2 threads   not timed: the result is off by <0.5>

      Fix: leave them out with --contenders or --cases; report a wrong result of polyneuron]
    `);
  });

  it('rejects a report in which nobody took part, with exit code 3', () => {
    const failure = failureOf(() => requireRightResults({ ...sampleBenchReport, results: [], errors: [] }));
    expect(exitCodeOf(failure)).toBe(3);
    expect(failure).toMatchInlineSnapshot(`
      [BackendUnavailableError: backend 'tfjs-cpu' expected to run here, got no package registered it.

      Fix: name a contender that takes these cases, or \`--contenders all\`]
    `);
  });
});
