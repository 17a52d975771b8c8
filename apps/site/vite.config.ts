import { defineConfig } from 'vite';
import { bundledPackages } from './scripts/bundledPackages.mjs';
import { clientEntries } from './scripts/clientEntries.mjs';

const packages = bundledPackages();

export default defineConfig({
  plugins: [packages.plugin],
  appType: 'custom',
  base: '/',
  build: {
    target: 'es2023',
    manifest: 'manifest.json',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: clientEntries },
  },
  worker: {
    format: 'es',
    rolldownOptions: {
      output: {
        // A worker has the policy of its own script: below /bench/, where blob: is allowed, for threads start from blobs
        entryFileNames: ({ name }) =>
          `${name === 'bench.worker' ? 'bench/assets' : 'assets'}/[name]-[hash].js`,
      },
    },
  },
  resolve: { dedupe: ['preact', '@preact/signals'] },
});
