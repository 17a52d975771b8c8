import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('../../../scripts/gpu-check.mjs', import.meta.url));
const isBuilt = existsSync(new URL('../dist/index.js', import.meta.url));
if (!isBuilt) console.warn('SKIPPED: scripts/gpu-check.mjs: this package is not built. Run npm run build.');

const run = (...args: string[]) =>
  spawnSync(process.execPath, [script, ...args], {
    encoding: 'utf8',
    env: { ...process.env, POLYNEURON_LIBCUDA: '/no/libcuda.so.1' },
  });

describe.skipIf(!isBuilt)('scripts/gpu-check.mjs', () => {
  it('ends at once where there is no GPU, with the reason and an exit code of its own', () => {
    const { status, stderr } = run();
    expect(status).toBe(3);
    expect(stderr).toMatchInlineSnapshot(`
      "gpu-check: backend 'cuda' expected to run here, got no NVIDIA driver was found: /no/libcuda.so.1: Failed to load shared library: cannot open shared object file: No such file or directory.

      Fix: install NVIDIA's driver for the GPU of this machine, or choose another backend: 'wasm' runs anywhere
      "
    `);
  });

  it('does not know other arguments', () => {
    const { status, stderr } = run('--budget-ms', 'long');
    expect(status).toBe(2);
    expect(stderr).toMatchInlineSnapshot(`
      "gpu-check: --budget-ms takes a whole number

      Fix: see the first lines of scripts/gpu-check.mjs
      "
    `);
  });
});
