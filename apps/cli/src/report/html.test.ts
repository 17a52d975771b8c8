import { describe, expect, it } from 'vitest';
import { escapeHtml, html, trustedMarkup } from './html.js';

describe('html', () => {
  it('escapes what could end a text or an attribute', () => {
    expect(escapeHtml(`<a href="x" title='y'>&`)).toBe('&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;');
  });

  it('escapes texts and numbers in holes', () => {
    expect(html`<p>${'a < b'} ${-1}</p>`.markup).toBe('<p>a &lt; b -1</p>');
  });

  it('inserts markup once and joins lists', () => {
    const items = ['1 & 2', '3'].map((text) => html`<li>${text}</li>`);
    expect(html`<ul>${items}</ul>${trustedMarkup('<hr>')}`.markup).toBe(
      '<ul><li>1 &amp; 2</li><li>3</li></ul><hr>',
    );
  });

  it('escapes within a list', () => {
    expect(html`${['<', ['>']]}`.markup).toBe('&lt;&gt;');
  });
});
