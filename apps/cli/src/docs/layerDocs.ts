import { type LayerSpec, layers } from '@polyneuron/kernels';
import { layerFigure } from './figures/layerFigure.js';
import { fillBlock } from './fillBlock.js';
import { indexPage } from './indexPage.js';
import { recordBlock } from './recordBlock.js';
import type { SourceDocs } from './sourceDocs.js';
import { stockPage } from './stockPage.js';

/**
 * Every generated file of docs/layers, by path within that folder: pages with their record block filled, figures, the
 * index and the page of stock layers. `pages` holds the hand-written text of layers by name; a layer without a page
 * gets neither page nor figure.
 *
 * Throws   ValueError on a page whose markers are missing
 */
export function layerDocs(pages: ReadonlyMap<string, string>, docs: SourceDocs): Map<string, string> {
  const files = new Map<string, string>();
  for (const spec of Object.values<LayerSpec>(layers)) {
    const page = pages.get(spec.name);
    if (page === undefined) continue;
    const { svg, caption } = layerFigure(spec);
    files.set(`${spec.name}.md`, fillBlock(spec.name, page, recordBlock(spec, docs[spec.name], caption)));
    files.set(`figures/${spec.name}.svg`, svg);
  }
  const names = new Set(pages.keys());
  files.set('README.md', indexPage(names));
  files.set('stock.md', stockPage(docs, names));
  return files;
}
