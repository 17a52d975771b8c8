import { renderToString } from 'preact-render-to-string';
import { pages } from './pages.js';
import { Document } from './shell/Document.js';
import type { ClientEntry, PageAssets } from './shell/page.js';

export interface RenderedPage {
  /** Path below the site's root: 'layers/cross/index.html'. */
  readonly file: string;
  readonly html: string;
}

/** Every page as a whole HTML document. */
export function renderPages(assetsOf: (entry: ClientEntry) => PageAssets): readonly RenderedPage[] {
  return pages.map((page) => ({
    file: page.path === '/404' ? '404.html' : `${page.path.slice(1)}index.html`,
    html: `<!doctype html>\n${renderToString(<Document page={page} assets={assetsOf(page.entry)} />)}`,
  }));
}
