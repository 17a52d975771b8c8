/**
 * Builds the site as plain files in dist/, or in the folder that SITE_OUT names: scripts and styles by Vite, then every
 * page rendered to HTML.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import { clientEntries } from './clientEntries.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
const out = process.env.SITE_OUT ?? 'dist';
const serverOut = `${out}-server`;

await build({ root, logLevel: 'warn', build: { outDir: out, emptyOutDir: true } });
await build({
  root,
  logLevel: 'warn',
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: 'src/prerender.tsx',
    outDir: serverOut,
    emptyOutDir: true,
    manifest: false,
    rolldownOptions: { input: 'src/prerender.tsx' },
  },
});

const manifest = JSON.parse(await readFile(`${out}/manifest.json`, 'utf8'));
const { renderPages } = await import(pathToFileURL(resolve(serverOut, 'prerender.js')).href);
for (const { file, html } of await renderPages((entry) => assetsOf(manifest, clientEntries[entry]))) {
  await mkdir(dirname(`${out}/${file}`), { recursive: true });
  await writeFile(`${out}/${file}`, html);
}
await rm(`${out}/manifest.json`);
await rm(serverOut, { recursive: true });

/** The script of an entry, the modules that it imports at once, and their styles. */
function assetsOf(chunks, entry) {
  const seen = new Set();
  const styles = new Set();
  const visit = (name) => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const style of chunks[name].css ?? []) styles.add(`/${style}`);
    for (const next of chunks[name].imports ?? []) visit(next);
  };
  visit(entry);
  const [script, ...preloads] = [...seen].map((name) => `/${chunks[name].file}`);
  return { script, preloads, styles: [...styles] };
}
