import { defineConfig } from 'vite';
import { clientEntries } from './scripts/clientEntries.mjs';

export default defineConfig({
  appType: 'custom',
  base: '/',
  build: {
    target: 'es2023',
    manifest: 'manifest.json',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: clientEntries },
  },
  worker: { format: 'es' },
  resolve: { dedupe: ['preact', '@preact/signals'] },
});
