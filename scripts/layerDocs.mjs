/**
 * Writes what is generated in docs/layers: the record block of every page, the figures, the index, the stock layers.
 * `npm run docs` after `npm run build`. A new layer needs its hand-written page first; see CONTRIBUTING.md.
 */
import { layerDocs } from '../apps/cli/dist/docs/layerDocs.js';
import { readPages, writePageFiles } from '../apps/cli/dist/docs/pageFiles.js';
import { readSourceDocs } from '../apps/cli/dist/docs/sourceDocs.js';

const changed = writePageFiles(layerDocs(readPages(), readSourceDocs()));
console.log(
  changed.length === 0 ? 'docs/layers is up to date' : `wrote ${changed.join(', ')} in docs/layers`,
);
