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
    plugins: () => [packages.workerPlugin],
    rolldownOptions: {
      output: {
        // A worker has the policy of its own script: below /bench/, where blob: is allowed, for threads start from blobs
        entryFileNames: ({ name }) =>
          `${name === 'bench.worker' ? 'bench/assets' : 'assets'}/[name]-[hash].js`,
        // Threads of stock tfjs-wasm run the text of a function; simpler syntax would refer to what stays outside it
        minify: { compress: false, mangle: true, codegen: true },
      },
    },
  },
  resolve: { dedupe: ['preact', '@preact/signals'] },
});
