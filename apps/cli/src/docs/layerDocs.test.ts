/** @file What stands in docs/layers is what `npm run docs` writes, and every layer that users get has its page. */
import { layerClasses } from '@polyneuron/layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { layerDocs } from './layerDocs.js';
import { readPageFiles, readPages } from './pageFiles.js';
import { readSourceDocs } from './sourceDocs.js';

const pages = readPages();
const present = readPageFiles();
const offered = layerClasses.map(({ spec }) => spec.name);

describe('docs/layers', () => {
  let written: Map<string, string>;
  beforeAll(() => {
    written = layerDocs(pages, readSourceDocs());
  });

  it('has a page for every layer with a class', () => {
    expect(offered.filter((name) => !pages.has(name))).toEqual([]);
  });

  it('is up to date: `npm run docs` would change no file', () => {
    const stale = [...written].filter(([path, text]) => present.get(path) !== text).map(([path]) => path);
    expect(stale).toEqual([]);
  });

  it('has no page and no figure without a layer', () => {
    expect([...present.keys()].filter((path) => !written.has(path))).toEqual([]);
  });

  it('has figures of less than 40 kB', () => {
    const large = [...written].filter(([path, text]) => path.endsWith('.svg') && text.length >= 40_000);
    expect(large.map(([path]) => path)).toEqual([]);
  });

  it.each([...pages])('%s has the sections of the template', (_, page) => {
    const headings = [...page.matchAll(/^#+ .*$/gm)].map(([heading]) => heading);
    const expected = ['## Shapes', '## Options', '## Pitfalls', '## Example', '## Source'];
    expect(headings[0]).toMatch(/^# \S/);
    expect(headings.filter((heading) => expected.includes(heading))).toEqual(expected);
    expect(page).toMatch(/^# .+\n\n[^\n#<].{80,}/);
    expect(page.split('```ts\n')).toHaveLength(2);
  });
});
