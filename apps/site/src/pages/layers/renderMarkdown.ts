import { Marked } from 'marked';
import { layerPath } from './layerPath.js';

const marked = new Marked({
  renderer: {
    table(token) {
      const row = (cells: typeof token.header, kind: 'th' | 'td') =>
        `<tr>${cells
          .map(
            (cell) =>
              `<${kind}${kind === 'th' ? ' scope="col"' : ''}>${this.parser.parseInline(cell.tokens)}</${kind}>`,
          )
          .join('')}</tr>`;
      const body = token.rows.map((cells) => row(cells, 'td')).join('');
      return scrolling(
        'Table',
        `<table><thead>${row(token.header, 'th')}</thead><tbody>${body}</tbody></table>`,
      );
    },
    code: ({ text }) => `<pre tabindex="0"><code>${escaped(text)}</code></pre>`,
    link(token) {
      const text = this.parser.parseInline(token.tokens);
      const href = siteAddress(token.href);
      return href ? `<a href="${href}">${text}</a>` : text;
    },
  },
});

/** Markdown of this repository as HTML: wide tables scroll by themselves, links lead to pages of the site or away. */
export function renderMarkdown(text: string): string {
  return marked.parse(text, { async: false });
}

/** The same of one line, without a paragraph around it. */
export function renderInline(text: string): string {
  return marked.parseInline(text, { async: false });
}

/** A link to a page of docs/layers as one to the page here; to another file of the repository as none. */
function siteAddress(href: string): string | undefined {
  if (/^https?:/.test(href)) return href;
  const [, layer] = /^([a-z]\w*)\.md(?:#.*)?$/i.exec(href) ?? [];
  if (!layer) return undefined;
  return layer === 'README' || layer === 'stock' ? '/layers/' : layerPath(layer);
}

/** Scrolls sideways where it must, also by keyboard. */
function scrolling(label: string, html: string): string {
  return `<section class="scroll" tabindex="0" aria-label="${label}">${html}</section>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
