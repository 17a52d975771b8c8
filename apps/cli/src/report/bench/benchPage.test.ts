import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { sampleBenchReport } from '../../bench/sampleBenchReport.js';
import { renderBenchReport } from './benchPage.js';

const page = renderBenchReport(sampleBenchReport, '1.2.3');
const { document } = parseHTML(page);

const texts = (selector: string): (string | null)[] =>
  Array.from(document.querySelectorAll(selector)).map(({ textContent }) => textContent);

describe('renderBenchReport', () => {
  it('has a section per case, which the contents link to', () => {
    const sections = Array.from(document.querySelectorAll('main > section[id]')).map(({ id }) => id);
    expect(sections).toEqual(['case-mnist-mlp', 'case-cross', 'case-lift']);
    const links = Array.from(document.querySelectorAll('nav a')).map((link) => link.getAttribute('href'));
    expect(links).toEqual(sections.map((id) => `#${id}`));
  });

  it('has a summary, and a table and two charts for each case that was timed', () => {
    expect(document.querySelectorAll('table')).toHaveLength(3);
    expect(document.querySelectorAll('svg.plot[role=img][aria-label]')).toHaveLength(4);
    expect(texts('#case-mnist-mlp tbody tr')[0]).toContain('polyneuron-wasm, 1 thread');
    expect(texts('#case-mnist-mlp .best strong')).toEqual(['0.2500']);
    expect(texts('#case-mnist-mlp tbody tr')[1]).toContain('not settled');
  });

  it('draws bars from zero, and dots where the times are two decades apart', () => {
    const [linear, shares] = Array.from(document.querySelectorAll('#case-mnist-mlp svg.plot'));
    expect(linear!.querySelectorAll('[aria-label=bar] rect')).toHaveLength(2);
    expect(shares!.querySelectorAll('[aria-label=bar] rect')).toHaveLength(2);
    const logarithmic = document.querySelector('#case-cross svg.plot')!;
    expect(logarithmic.querySelectorAll('[aria-label=bar] rect')).toHaveLength(0);
    expect(logarithmic.querySelectorAll('[aria-label=dot] circle')).toHaveLength(2);
  });

  it('says the versions of the software that computed', () => {
    expect(texts('.facts div')).toContain('Softwarepolyneuron-wasm: engine <1.2>');
  });

  it('says what was not timed, and who did not take part', () => {
    expect(texts('#case-lift li')[0]).toMatch(
      /^polyneuron-wasm, 2 threads: not timed: the result is off by <0.5>/,
    );
    expect(texts('main > section:last-child li')).toEqual(['tfjs-cpu: no package registered it']);
    expect(texts('.warning')).toEqual(['others are working']);
  });

  it('escapes every text, loads nothing and runs nothing', () => {
    expect(page).toContain('--title=&lt;b&gt;');
    expect(page).not.toMatch(/<script|<link|<img|https?:\/\/(?!www\.w3\.org)/);
  });

  it('stands without a result, a peak or an absence', () => {
    const empty = { ...sampleBenchReport, peak: null, results: [], errors: [], missing: [] };
    const { document: bare } = parseHTML(renderBenchReport(empty, '1.2.3'));
    expect(bare.querySelector('main')!.textContent.trim()).toBe('Nothing was timed.');
    expect(bare.querySelector('header')!.textContent).toContain('not measured');
  });
});
