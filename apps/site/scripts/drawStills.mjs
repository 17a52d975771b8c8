/** Trains the home page's duel from seed 1 and draws its start and end: public/stills and src/pages/home/stills/still.json. */
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const vite = await createServer({
  root,
  logLevel: 'error',
  appType: 'custom',
  server: { middlewareMode: true, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
});
try {
  const { makeStills } = await vite.ssrLoadModule('/src/pages/home/stills/makeStills.ts');
  const { files, result } = await makeStills();
  await mkdir(`${root}public/stills`, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(`${root}public/stills/${name}`, text);
  await writeFile(`${root}src/pages/home/stills/still.json`, `${JSON.stringify(result, null, 2)}\n`);
} finally {
  await vite.close();
}
