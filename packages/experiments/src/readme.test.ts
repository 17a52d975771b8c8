import { readFileSync } from 'node:fs';
import { setBackend } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
// #region example
import '@tensorflow/tfjs-backend-cpu';
import { createWasmBackend } from '@polyneuron/backend-wasm';
import { claimSheets, experiments, judgeClaims, silentProgress } from './index.js';

// #endregion

describe('README', () => {
  it('has an example that reproduces an experiment', async () => {
    await setBackend('cpu');
    // #region example
    const backend = createWasmBackend();
    const results = [];
    for (const seed of [0, 1])
      results.push(await experiments.lift.run({ backend, isFull: false, seed, progress: silentProgress }));
    const judged = judgeClaims(claimSheets.lift.claims, results);
    for (const { claim, mean, verdict } of judged) console.log(claim.text, mean, verdict);
    // #endregion
    expect(judged.map(({ figures }) => figures.length)).toEqual(judged.map(() => 2));
    expect(judged.every(({ mean }) => Number.isFinite(mean))).toBe(true);
    // Lift itself, in range: near its published error from both seeds, as long as the bits stay the same
    expect(judged[0].verdict).toBe('reproduced');
  });

  it('shows exactly that example', () => {
    const source = readFileSync(new URL('./readme.test.ts', import.meta.url), 'utf8');
    const regions = [...source.matchAll(/\/\/ #region example\n(.*?)\s*\/\/ #endregion/gs)].map(
      ([, text]) => text,
    );
    const example = regions
      .join('\n\n')
      .replace('./index.js', '@polyneuron/experiments')
      .replaceAll(/^ {4}/gm, '');
    expect(readFileSync(new URL('../README.md', import.meta.url), 'utf8')).toContain(example);
  });
});
