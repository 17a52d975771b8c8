/**
 * @file The example of every layer's page compiles under the checks of this workspace, runs, and prints what it says. Those of
 * the guide compile here too: the compiler starts once.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { readPageFiles } from './pageFiles.js';
import { typeErrorsOf } from './testing/exampleTypes.js';
import { guideModules } from './testing/guidePages.js';
import { claimsOf, runExample } from './testing/runExample.js';

/** What examples may import: what README tells a reader to install. */
const modules = {
  '@tensorflow/tfjs-backend-cpu': () => import('@tensorflow/tfjs-backend-cpu'),
  '@tensorflow/tfjs-core': () => import('@tensorflow/tfjs-core'),
  '@tensorflow/tfjs-layers': () => import('@tensorflow/tfjs-layers'),
  '@polyneuron/layers': () => import('@polyneuron/layers'),
} as const;

const examples = [...readPageFiles()].flatMap(([path, text]) =>
  [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => ({ path, code: code! })),
);

describe('the examples of docs/layers', () => {
  let loaded: Readonly<Record<string, unknown>>;
  beforeAll(async () => {
    const entries = Object.entries(modules).map(async ([name, load]) => [name, await load()] as const);
    loaded = Object.fromEntries(await Promise.all(entries));
  });

  it('have right types', () => {
    const pages = examples.map(({ path, code }) => [path.replace('.md', '.ts'), code] as const);
    const guide = [...guideModules].map(([page, code]) => [page.replace('.md', '.guide.ts'), code] as const);
    expect(typeErrorsOf(new Map([...pages, ...guide]))).toEqual([]);
  });

  it.each(examples)('$path prints what it says', async ({ code }) => {
    const claimed = claimsOf(code);
    expect(claimed.length).toBeGreaterThan(0);
    expect(await runExample(code, loaded)).toEqual(claimed);
  });
});
