/**
 * Writes what is generated in docs: of docs/layers the record block of every page, the figures, the index, the stock
 * layers; docs/benchmarks.md from the results beside it. `npm run docs` after `npm run build`. A new layer needs its hand-written page first; see CONTRIBUTING.md.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { benchmarkDocs } from '../apps/cli/dist/docs/benchmarks/benchmarkDocs.js';
import { docsFolder, readResults } from '../apps/cli/dist/docs/benchmarks/readResults.js';
import { layerDocs } from '../apps/cli/dist/docs/layerDocs.js';
import { readPages, writePageFiles } from '../apps/cli/dist/docs/pageFiles.js';
import { readSourceDocs } from '../apps/cli/dist/docs/sourceDocs.js';

const changed = writePageFiles(layerDocs(readPages(), readSourceDocs()));
console.log(
  changed.length === 0 ? 'docs/layers is up to date' : `wrote ${changed.join(', ')} in docs/layers`,
);
for (const [path, text] of benchmarkDocs(readResults())) {
  mkdirSync(dirname(join(docsFolder, path)), { recursive: true });
  writeFileSync(join(docsFolder, path), text);
}
