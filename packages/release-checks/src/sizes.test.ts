import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { bundleEntry, gzippedSize } from './bundle.js';
import { entryPoints, publicPackages } from './workspace.js';

/**
 * kB (1000 bytes) of everything that an entry point exports with what it imports of ours, minified and gzipped, tfjs and
 * Node left out. A limit is a decision: raise it in the commit that needs it, and say why there.
 */
const limits: Readonly<Record<string, number>> = {
  '@polyneuron/analysis': 92,
  '@polyneuron/backend': 15,
  '@polyneuron/backend-cuda': 45,
  '@polyneuron/backend-cuda/native': 25,
  '@polyneuron/backend-tfjs': 22,
  '@polyneuron/backend-wasm': 38,
  '@polyneuron/backend-wasm/tfjs': 39,
  '@polyneuron/backend-webgl': 40,
  '@polyneuron/backend-webgl/tfjs': 38,
  '@polyneuron/bench': 140,
  '@polyneuron/bench/node': 85,
  '@polyneuron/datasets': 11,
  '@polyneuron/datasets/node': 16,
  '@polyneuron/experiments': 96,
  '@polyneuron/experiments/node': 100,
  '@polyneuron/fusion': 12,
  '@polyneuron/graph': 14,
  '@polyneuron/kernels': 80,
  '@polyneuron/layers': 82,
  '@polyneuron/layers/node': 3,
  '@polyneuron/trainer': 60,
};

/** The command line is no library: nobody bundles it. */
const libraries = publicPackages().filter(({ manifest }) => !manifest.bin);
const entries = libraries.flatMap(entryPoints);

describe('what an import costs', () => {
  for (const entry of entries) {
    it(`${entry.specifier} stays within ${limits[entry.specifier]} kB`, async () => {
      const code = await bundleEntry(entry, 'everything');
      expect(gzippedSize(code) / 1000).toBeLessThanOrEqual(limits[entry.specifier]);
    });

    it(`${entry.specifier} disappears from a bundle that uses nothing of it`, async () => {
      expect((await bundleEntry(entry, 'nothing')).trim()).toBe('export{};');
    });
  }
});

describe('an import has no effect', () => {
  for (const { specifier, script } of entries) {
    it(specifier, () => {
      const program = `
        const peers = ['core', 'layers'].map((name) => '@tensorflow/tfjs-' + name);
        for (const peer of peers) await import(peer).catch(() => {});
        const before = new Set(Reflect.ownKeys(globalThis));
        await import(${JSON.stringify(script)});
        console.log(JSON.stringify(Reflect.ownKeys(globalThis).filter((key) => !before.has(key)).map(String)));
      `;
      const { stdout, stderr, status } = spawnSync(
        process.execPath,
        ['--input-type=module', '--eval', program],
        { encoding: 'utf8', cwd: new URL('..', `file://${script}`) },
      );
      expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
      expect(JSON.parse(stdout)).toEqual([]);
    });
  }
});
