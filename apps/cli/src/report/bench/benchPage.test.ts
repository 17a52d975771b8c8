import type { BenchResult } from '@polyneuron/bench';
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

  it('has a summary, and a table and three charts for each case that was timed', () => {
    expect(document.querySelectorAll('table')).toHaveLength(3);
    const titles = texts('#case-mnist-mlp figcaption');
    expect(titles).toEqual([
      'Time, less is better',
      'Share of the peak, more is better',
      'Time to the first result, less is better',
    ]);
    expect(document.querySelectorAll('svg.plot[role=img][aria-label]').length).toBe(6);
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

describe('renderBenchReport of calls', () => {
  const [own, stock] = sampleBenchReport.results as [BenchResult, BenchResult];
  const call = { case: 'predict-cross-1', suite: 'inference', unit: 'ms/call' } as const;
  const calls = [
    { ...own, ...call, timings: [0.2, 0.25, 0.3], memoryBytes: 2 ** 27 },
    { ...stock, ...call, timings: [6, 7, 8, 9] },
  ];
  const { document: latencies } = parseHTML(
    renderBenchReport({ ...sampleBenchReport, results: calls, errors: [] }, '1.2.3'),
  );

  it('draws a dot for each call, and a line at the median and the 95th percentile of each', () => {
    const chart = latencies.querySelector('#case-predict-cross-1 svg.plot')!;
    expect(chart.querySelectorAll('[aria-label=dot] circle')).toHaveLength(7);
    // The edge, two medians and two percentiles
    expect(chart.querySelectorAll('[aria-label=rule] line')).toHaveLength(5);
    expect(chart.getAttribute('aria-label')).toContain('polyneuron-wasm, 1 thread: 0.2500 / 0.2800.');
  });

  it('has memory where it is known', () => {
    const cells = Array.from(latencies.querySelectorAll('#case-predict-cross-1 tbody tr')).map((row) =>
      row.textContent.includes('128.0'),
    );
    expect(cells).toEqual([true, false]);
    expect(latencies.querySelector('#case-predict-cross-1')!.textContent).toContain(
      'Memory at its highest, less is better',
    );
  });
});

describe('renderBenchReport of series', () => {
  const [own, stock] = sampleBenchReport.results as [BenchResult, BenchResult];
  const sizes = [1, 4, 16].flatMap((value) => {
    const place = {
      case: `scaling-dense-batch-${value}`,
      suite: 'scaling',
      axis: { family: 'dense', series: 'batch', value },
    } as const;
    const { median } = own;
    return [
      { ...own, ...place, median: median * value },
      { ...own, ...place, threads: 2, median: (median * value) / 2 },
      { ...stock, ...place },
    ];
  });
  const { document: series } = parseHTML(
    renderBenchReport({ ...sampleBenchReport, results: sizes, errors: [] }, '1.2.3'),
  );
  const charts = Array.from(series.querySelectorAll('section[aria-labelledby=scaling-title] svg.plot'));

  it('draws a line with a band for each setting, and the bound of the peak', () => {
    expect(charts).toHaveLength(2);
    const [growth] = charts as [Element];
    expect(growth.querySelectorAll('[aria-label=line] path')).toHaveLength(4);
    expect(growth.querySelectorAll('[aria-label=area] path')).toHaveLength(3);
    expect(growth.querySelectorAll('[aria-label=dot] circle')).toHaveLength(9);
    const ticks = Array.from(growth.querySelectorAll("[aria-label='x-axis tick label'] text"));
    expect(ticks.map(({ textContent }) => textContent)).toEqual(['1', '4', '16']);
    expect(growth.getAttribute('aria-label')).toContain(
      'polyneuron-wasm, 1 thread: 0.2500 at 1, 4.000 at 16.',
    );
  });

  it('draws what threads gain', () => {
    const [, gain] = charts as [Element, Element];
    expect(gain.querySelectorAll('[aria-label=line] path')).toHaveLength(1);
    expect(gain.getAttribute('aria-label')).toBe(
      'dense: gain from threads by batch. polyneuron-wasm, 2 threads: 2.000 at 1, 2.000 at 16.',
    );
  });

  it('has a table and no chart in the section of a size', () => {
    const section = series.querySelector('#case-scaling-dense-batch-4')!;
    expect(section.querySelectorAll('table')).toHaveLength(1);
    expect(section.querySelectorAll('svg.plot')).toHaveLength(0);
  });

  it('has no chart of a single size', () => {
    const single = { ...sampleBenchReport, results: sizes.slice(0, 3), errors: [] };
    const { document: alone } = parseHTML(renderBenchReport(single, '1.2.3'));
    expect(alone.querySelector('#scaling-title')).toBeNull();
  });
});
