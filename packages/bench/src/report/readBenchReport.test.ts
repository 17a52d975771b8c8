import { describe, expect, it } from 'vitest';
import { runBenchIn } from '../runner/runBench.js';
import { createFakeClock, fakeContender, fakeWorld, specOf } from '../runner/testing/fakeWorld.js';
import { readBenchReport } from './readBenchReport.js';
import { renderers } from './renderers.js';

async function reportText(): Promise<string> {
  const clock = createFakeClock();
  const specs = ['slow', 'fast'].map((name) => specOf(name, fakeContender(clock, { name })));
  const options = { backends: [], baseline: 'slow', cases: ['small'], isNoiseMeasured: true };
  return renderers.json(await runBenchIn(options, fakeWorld(clock, specs)));
}

describe('readBenchReport', () => {
  it('reads what the harness writes', async () => {
    const text = await reportText();
    const report = readBenchReport(text);
    expect(renderers.json(report)).toBe(text);
    expect(report.results.map(({ contender }) => contender)).toEqual(['slow', 'fast']);
    expect(report.noise).toHaveLength(1);
  });

  it('refuses what is no report', () => {
    expect(() => readBenchReport('{')).toThrow('readBenchReport expected JSON');
    expect(() => readBenchReport('[]')).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: readBenchReport expected a report of version 1, got object.

      Fix: take the JSON that \`polyneuron bench --json\`, or the benchmark page, wrote]
    `);
    expect(() => readBenchReport('{"version": 7}')).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: readBenchReport expected a report of version 1, got version 7.

      Fix: take the JSON that \`polyneuron bench --json\`, or the benchmark page, wrote]
    `);
  });

  it('lists the fields that are wrong', async () => {
    const report = JSON.parse(await reportText());
    report.results[0].median = 'fast';
    delete report.results[1].device;
    report.errors = null;
    expect(() => readBenchReport(JSON.stringify(report))).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: readBenchReport expected every field of a report, got wrong or absent: results[0].median, results[1].device, errors.

      Fix: take the JSON that \`polyneuron bench --json\`, or the benchmark page, wrote]
    `);
  });
});
