import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const packages = fileURLToPath(new URL('./packages', import.meta.url));

// Tests read the sources of every workspace package, never a stale build.
const alias = [
  { find: /^@polyneuron\/([\w-]+)$/, replacement: `${packages}/$1/src/index.ts` },
  { find: /^@polyneuron\/([\w-]+)\/(\w+)$/, replacement: `${packages}/$1/src/$2.ts` },
];

export default defineConfig({
  resolve: { alias },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.{ts,tsx}'],
    // Vitest leaves a core free, which on two cores means that half of them wait
    maxWorkers: '100%',
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
