/** @file What stands in docs/benchmarks.md is what `npm run docs` writes from the committed results. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { casesOfSuite } from '@polyneuron/bench';
import { describe, expect, it } from 'vitest';
import { sampleBenchReport } from '../../bench/sampleBenchReport.js';
import { benchmarkDocs } from './benchmarkDocs.js';
import { benchmarksPage } from './benchmarksPage.js';
import { drawRatios } from './ratioFigure.js';
import { docsFolder, readResults } from './readResults.js';
import { benchmarkRecipes } from './recipes.js';

describe('docs/benchmarks.md', () => {
  const results = readResults();
  const written = benchmarkDocs(results);

  it('is up to date: `npm run docs` would change no file', () => {
    const stale = [...written].filter(([path, text]) => {
      const file = join(docsFolder, path);
      return !existsSync(file) || readFileSync(file, 'utf8') !== text;
    });
    expect(stale.map(([path]) => path)).toEqual([]);
  });

  it('has results, all of one machine', () => {
    const machines = [...results.values()].map(({ environment: { cpu, cores } }) => `${cpu}, ${cores}`);
    expect(new Set(machines).size).toBe(1);
  });

  it('has figures of less than 80 kB', () => {
    const large = [...written].filter(([path, text]) => path.endsWith('.svg') && text.length >= 80_000);
    expect(large.map(([path]) => path)).toEqual([]);
  });
});

describe('the recipes', () => {
  it.each(benchmarkRecipes)('$name asks for cases of its suite', ({ suite, arguments: given }) => {
    const after = (name: string) => given[given.indexOf(name) + 1]!;
    expect(after('--suite')).toBe(suite);
    const known = casesOfSuite[suite].map((one) => one.name);
    const wanted = given.includes('--cases') ? after('--cases').split(',') : [];
    expect(wanted.filter((name) => !known.includes(name))).toEqual([]);
  });
});

describe('drawRatios', () => {
  it('has a panel per case, a mark per contender, and words for those who do not see it', () => {
    const svg = drawRatios(sampleBenchReport, 'Steps')!;
    expect(svg.match(/<circle /g)).toHaveLength(4);
    expect(svg).toContain(
      '<title>Steps: how many times as fast as tfjs-wasm each contender is, in mnist-mlp, cross.',
    );
  });

  it('is left out where there is nothing to compare', () => {
    expect(drawRatios({ ...sampleBenchReport, baseline: 'nobody', results: [] }, 'Steps')).toBeUndefined();
  });
});

describe('benchmarksPage', () => {
  const page = benchmarksPage(new Map([['steps', sampleBenchReport]]), new Set(['steps']));

  it('says when the machine was not quiet, and how busy it was', () => {
    expect(page).toContain('> **The machine was not quiet** in 1 of 1 runs');
    expect(page).toContain('Before the run: load average 3.46 on 2 cores.');
    expect(page).toContain('**Warning**: others are working.');
  });

  it('lists who did not take part, and why', () => {
    expect(page).toContain('- not measured: tfjs-cpu: no package registered it');
    expect(page).toContain('- error: lift, polyneuron-wasm (2 threads): not timed');
  });

  it('has the ratios of every case, the largest bold', () => {
    expect(page).toContain(
      '| polyneuron-wasm | **26.0**  | **26.0** |\n| tfjs-wasm       | 1.00      | 1.00     |',
    );
  });

  it('says that nothing was measured where nothing was', () => {
    expect(benchmarksPage(new Map(), new Set())).toContain('Nothing has been measured yet.');
  });
});
