import type { ExperimentResult } from '@polyneuron/experiments';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import type { Report } from '../output/results.js';
import { renderReport } from './report.js';
import { sampleReport } from './sampleReport.js';

const page = renderReport(sampleReport);
const { document } = parseHTML(page);

function count(selector: string, within: ParentNode = document): number {
  return within.querySelectorAll(selector).length;
}

describe('renderReport', () => {
  it('has landmarks, one title, and a section per experiment that the contents link to', () => {
    for (const landmark of ['header', 'nav', 'main', 'footer', 'h1'])
      expect([landmark, count(landmark)]).toEqual([landmark, 1]);
    const sections = Array.from(document.querySelectorAll('main > section')).map((section) => section.id);
    expect(sections).toEqual(['experiment-quad-autoencoder', 'experiment-cross', 'experiment-mlp']);
    const links = Array.from(document.querySelectorAll('nav a')).map((link) => link.getAttribute('href'));
    expect(links).toEqual(sections.map((id) => `#${id}`));
  });

  it('has every table, figure and plot of its experiments', () => {
    const counts = sampleReport.experiments.map(({ id }) => {
      const section = document.getElementById(`experiment-${id}`)!;
      return [
        id,
        count('table', section),
        count('figure', section),
        count('svg.plot', section),
        count('img', section),
      ];
    });
    expect(counts).toEqual([
      ['quad-autoencoder', 2, 2, 2, 6],
      ['cross', 3, 3, 3, 0],
      ['mlp', 3, 5, 11, 6],
    ]);
  });

  it('names each table, figure, plot and image', () => {
    expect(count('table > caption')).toBe(count('table'));
    expect(count('figure > figcaption')).toBe(count('figure'));
    expect(count('svg.plot[role=img][aria-label]')).toBe(count('svg.plot'));
    expect(count('svg:not([role=img]):not([aria-hidden=true])')).toBe(count('.swatch svg'));
    expect(count('img[alt=""], img:not([alt])')).toBe(0);
    expect(count('th:not([scope])')).toBe(0);
  });

  it('never skips a level of headings and never repeats an id', () => {
    const levels = Array.from(document.querySelectorAll('h1, h2, h3')).map((heading) =>
      Number(heading.tagName.slice(1)),
    );
    levels.slice(1).forEach((level, index) => {
      expect(level - levels[index]!).toBeLessThanOrEqual(1);
    });
    const ids = Array.from(document.querySelectorAll('[id]')).map((element) => element.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('asks nothing of the network and runs nothing', () => {
    expect(count('script, link, iframe, object, base')).toBe(0);
    const sources = Array.from(document.querySelectorAll('[src]')).map((element) =>
      element.getAttribute('src')!.slice(0, 22),
    );
    expect(new Set(sources)).toEqual(new Set(['data:image/png;base64,']));
    expect(page).not.toMatch(/url\(|@import|https?:/);
    const policy = document.querySelector('meta[http-equiv]')!.getAttribute('content');
    expect(policy).toBe("default-src 'none'; style-src 'unsafe-inline'; img-src data:");
  });

  it('shows the environment', () => {
    const header = document.querySelector('header')!.textContent!;
    for (const part of ['2025-11-22 15:37 UTC', '0.1.0', 'v20.20.2', '4.22.0', '2 cores, 8.0 GiB']) {
      expect(header).toContain(part);
    }
  });

  it('is the same each time', () => {
    expect(renderReport(sampleReport)).toBe(page);
  });

  it('escapes every text', () => {
    const hostile = poisoned(sampleReport);
    const markup = renderReport(hostile);
    expect(markup).not.toContain('<i x=');
    expect(count('i', parseHTML(markup).document)).toBe(0);
    expect(markup.split('&lt;i x=').length).toBeGreaterThan(100);
  });

  it('survives experiments and reports with nothing in them', () => {
    const bare: ExperimentResult = {
      ...sampleReport.experiments[0]!,
      summary: '',
      contenders: [],
      published: [],
      figures: [],
    };
    const some = parseHTML(renderReport({ ...sampleReport, experiments: [bare, bare] })).document;
    expect(Array.from(some.querySelectorAll('section')).map((section) => section.id)).toEqual([
      'experiment-quad-autoencoder',
      'experiment-quad-autoencoder-2',
    ]);
    expect(count('table, figure', some)).toBe(0);
    expect(
      parseHTML(renderReport({ ...sampleReport, experiments: [] })).document.querySelector('main')!
        .textContent,
    ).toContain('no experiment');
  });

  it('keeps a date that is none', () => {
    const environment = { ...sampleReport.environment, date: 'today' };
    expect(renderReport({ ...sampleReport, environment })).toContain('<dd>today</dd>');
  });

  it('draws no coordinate that is not a number', () => {
    expect(page).not.toMatch(/="[^"]*(?:NaN|Infinity|undefined)/);
  });
});

/** The report with markup in each of its strings but those that the schema fixes. */
function poisoned(report: Report): Report {
  const fixed = new Set(['kind', 'yScale']);
  const text = JSON.stringify(report, (key, value: unknown) => {
    if (ArrayBuffer.isView(value)) return [...(value as Float32Array)];
    return typeof value === 'string' && !fixed.has(key) ? `${value}<i x="'&` : value;
  });
  return JSON.parse(text) as Report;
}
