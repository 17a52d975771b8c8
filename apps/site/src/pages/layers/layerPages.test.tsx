import { families, layers } from '@polyneuron/kernels';
import { layerClasses } from '@polyneuron/layers';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { layerPages } from './layerPages.js';
import { layerPath } from './layerPath.js';

const [list, ...pages] = layerPages.map((page) => ({
  page,
  html: renderToString(<main>{page.content()}</main>),
}));

describe('the list of layers', () => {
  it('links every record once, by family', () => {
    const links = [...list.html.matchAll(/<h3><a href="([^"]+)"/g)].map(([, path]) => path);
    expect(links).toEqual(Object.values(families).flatMap((family) => Object.keys(family).map(layerPath)));
  });

  it('describes every layer of ours in a sentence', () => {
    const without = layerClasses
      .map(({ spec }) => layerPath(spec.name))
      .filter(
        (path) => !new RegExp(`href="${path}">[^<]+</a> <code>\\w+</code></h3><p>[^<]`).test(list.html),
      );
    expect(without).toEqual([]);
  });
});

describe('the pages of layers', () => {
  it('are one per record', () => {
    expect(pages.map(({ page }) => page.path).sort()).toEqual(Object.keys(layers).map(layerPath).sort());
  });

  it.each(pages)('$page.title has what a reader needs without script', ({ page, html }) => {
    expect(html.match(/<h1>/g)).toHaveLength(1);
    expect(html).toContain('<math');
    for (const heading of ['Formula', 'Facts', 'Shapes', 'Options and defaults', 'Source'])
      expect(html).toContain(`<h2>${heading}</h2>`);
    // The policy lets neither inline styles nor inline scripts through; data is neither
    expect(html).not.toMatch(/ style=|<script(?! id="unit-data" type="application\/json")|katex-error/);
    expect(page.next).toBeDefined();
  });

  it.each(layerClasses.map(({ spec }) => spec.name))('%s has figure, pitfalls and an example', (name) => {
    const { html } = pages.find(({ page }) => page.path === layerPath(name))!;
    expect(html).toContain('<img src="data:image/svg+xml');
    expect(html).toContain('pitfalls</h2>');
    expect(html).toContain(`from '@polyneuron/layers'`);
  });

  it('link to pages that exist', () => {
    const known = new Set(layerPages.map(({ path }) => path));
    const links = [list, ...pages].flatMap(({ html }) =>
      [...html.matchAll(/href="(\/layers\/[^"#]*)/g)].map(([, path]) => path),
    );
    expect(links.length).toBeGreaterThan(100);
    expect([...new Set(links)].filter((path) => !known.has(path))).toEqual([]);
  });
});
