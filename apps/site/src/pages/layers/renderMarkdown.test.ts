import { describe, expect, it } from 'vitest';
import { layerPath } from './layerPath.js';
import { renderInline, renderMarkdown } from './renderMarkdown.js';

describe('renderMarkdown', () => {
  it('makes tables that scroll, with headers that have a scope', () => {
    expect(renderMarkdown('| a | b |\n| - | - |\n| `1` | 2 |\n')).toMatchInlineSnapshot(
      `"<section class="scroll" tabindex="0" aria-label="Table"><table><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead><tbody><tr><td><code>1</code></td><td>2</td></tr></tbody></table></section>"`,
    );
  });

  it('leads to pages of the site, away, or nowhere', () => {
    expect(
      renderInline('[cross](crossNetwork.md), [paper](https://arxiv.org/abs/1), [file](../../x.ts)'),
    ).toBe('<a href="/layers/cross-network/">cross</a>, <a href="https://arxiv.org/abs/1">paper</a>, file');
  });

  it('escapes code', () => {
    expect(renderMarkdown('```ts\na < b && c\n```')).toBe(
      '<pre tabindex="0"><code>a &lt; b &amp;&amp; c</code></pre>',
    );
  });
});

describe('layerPath', () => {
  it('is in lower case with hyphens', () => {
    expect(['glu', 'quadraticForm', 'kervolution2d'].map(layerPath)).toEqual([
      '/layers/glu/',
      '/layers/quadratic-form/',
      '/layers/kervolution-2d/',
    ]);
  });
});
