import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchReport } from '@polyneuron/bench';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleBenchReport } from '../bench/sampleBenchReport.js';
import type { CommandContext } from '../commandContext.js';
import { createProgram } from '../createProgram.js';
import { exitCodeOf } from '../failure.js';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'polyneuron-compare-'));
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Every timing of the sample times a factor. */
function timed(factor: number): BenchReport {
  const results = sampleBenchReport.results.map((result) => ({
    ...result,
    timings: Array.from({ length: 20 }, (_, at) => factor * result.median * (1 + 0.01 * Math.sin(at))),
  }));
  return { ...sampleBenchReport, results };
}

function save(name: string, value: unknown): string {
  const file = join(directory, name);
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
  return file;
}

interface Ending {
  readonly stdout: string;
  readonly failure: Error | undefined;
}

/** The command in this process. Its context lacks what it does not touch. */
async function compare(...args: string[]): Promise<Ending> {
  let stdout = '';
  const stream = {
    write(text: string) {
      stdout += text;
    },
  };
  const context = { stdout: stream, stderr: stream } as unknown as CommandContext;
  const failure = await createProgram(context)
    .parseAsync(['bench', 'compare', ...args], { from: 'user' })
    .then(
      () => undefined,
      (cause: Error) => cause,
    );
  return { stdout, failure };
}

const plain = (failure: Error | undefined) => failure?.message.replaceAll(directory, 'DIR');

describe('polyneuron bench compare', () => {
  it('prints the table and succeeds where nothing became slower', async () => {
    const { stdout, failure } = await compare(save('base.json', timed(1)), save('head.json', timed(1.02)));
    expect(failure).toBeUndefined();
    expect(stdout).toMatch(/mnist-mlp +polyneuron-wasm .*\+2\.0 %.*no difference/);
  });

  it('fails with what became slower', async () => {
    const { failure } = await compare(save('base.json', timed(1)), save('head.json', timed(1.3)));
    expect(exitCodeOf(failure)).toBe(1);
    expect(plain(failure)).toMatchInlineSnapshot(`
      "bench compare expected no case more than 10.0 % slower, and none that fails, got mnist-mlp, polyneuron-wasm, 1 thread: 1.30 times the time; mnist-mlp, tfjs-wasm, 1 thread: 1.30 times the time; cross, polyneuron-wasm, 1 thread: 1.30 times the time; cross, tfjs-wasm, 1 thread: 1.30 times the time.

      Fix: find the change that did it, or allow more with --fail-on"
    `);
  });

  it('takes the limit as a percentage or a share', async () => {
    const files = [save('base.json', timed(1)), save('head.json', timed(1.3))];
    for (const limit of ['50%', '0.5'])
      expect((await compare(...files, '--fail-on', limit)).failure).toBeUndefined();
    expect(plain((await compare(...files, '--fail-on', 'much')).failure)).toMatchInlineSnapshot(`
      "--fail-on expected a share of at least 0, got 'much'.

      Fix: write --fail-on 10%, or 0.1"
    `);
  });

  it('divides by a control, and writes the files', async () => {
    const [out, json] = [join(directory, 'out.md'), join(directory, 'out.json')];
    const { stdout, failure } = await compare(
      ...[save('base.json', timed(1)), save('head.json', timed(1.3)), '--control', 'tfjs-wasm'],
      ...['--format', 'markdown', '--out', out, '--json', json],
    );
    expect(failure).toBeUndefined();
    expect(stdout).toContain(`written: ${out}`);
    expect(readFileSync(out, 'utf8')).toContain('| mnist-mlp | polyneuron-wasm |');
    expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({ failOn: 0.1, control: 'tfjs-wasm' });
  });

  it('takes several runs of a side', async () => {
    const bases = [save('b1.json', timed(1)), save('b2.json', timed(1.2))].join(',');
    expect((await compare(bases, save('head.json', timed(1.3)))).failure).toBeUndefined();
  });

  it('takes every report of a folder', async () => {
    mkdirSync(join(directory, 'base'));
    for (const [at, factor] of [1, 1.2, 1.01].entries()) save(`base/${at}.json`, timed(factor));
    save('base/notes.txt', 'not a report');
    const { stdout, failure } = await compare(join(directory, 'base'), save('head.json', timed(1.3)));
    expect(exitCodeOf(failure)).toBe(1);
    expect(stdout).toContain('base: 3 runs, ');
  });

  it('rejects what it cannot read', async () => {
    const base = save('base.json', timed(1));
    const absent = await compare(base, join(directory, 'absent.json'));
    expect(exitCodeOf(absent.failure)).toBe(2);
    expect(plain(absent.failure)).toMatchInlineSnapshot(`
      "bench compare expected a report that can be read, got 'DIR/absent.json': ENOENT.

      Fix: write one first: polyneuron bench --json FILE"
    `);
    mkdirSync(join(directory, 'empty'));
    expect(plain((await compare(base, join(directory, 'empty'))).failure)).toMatchInlineSnapshot(`
      "bench compare expected a report that can be read, got 'DIR/empty': it has no file that ends in .json.

      Fix: write one first: polyneuron bench --json FILE"
    `);
    expect(plain((await compare(base, save('other.json', '{"version": 9}'))).failure)).toMatchInlineSnapshot(`
      "readBenchReport expected a report of version 1, got version 9.

      Fix: take the JSON that \`polyneuron bench --json\`, or the benchmark page, wrote"
    `);
  });
});
