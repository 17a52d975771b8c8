/**
 * @file Every code block of docs/guide is tested. The TypeScript of a page is one module, block after block, and prints
 * what it says (examples.test.ts checks its types); command lines name commands and options that exist; other blocks are files that tests install and run
 * (packages/release-checks).
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CommandContext } from '../commandContext.js';
import { createProgram } from '../createProgram.js';
import {
  type Block,
  guideBlocks,
  guideFolder,
  guideModules,
  guidePages,
  repository,
} from './testing/guidePages.js';
import { claimsOf, runExample } from './testing/runExample.js';

const modules = {
  'node:fs': () => import('node:fs'),
  'node:os': () => import('node:os'),
  'node:path': () => import('node:path'),
  '@tensorflow/tfjs-backend-cpu': () => import('@tensorflow/tfjs-backend-cpu'),
  '@tensorflow/tfjs-core': () => import('@tensorflow/tfjs-core'),
  '@tensorflow/tfjs-layers': () => import('@tensorflow/tfjs-layers'),
  '@polyneuron/analysis': () => import('@polyneuron/analysis'),
  '@polyneuron/backend': () => import('@polyneuron/backend'),
  '@polyneuron/backend-tfjs': () => import('@polyneuron/backend-tfjs'),
  '@polyneuron/backend-wasm': () => import('@polyneuron/backend-wasm'),
  '@polyneuron/bench': () => import('@polyneuron/bench'),
  '@polyneuron/datasets': () => import('@polyneuron/datasets'),
  '@polyneuron/graph': () => import('@polyneuron/graph'),
  '@polyneuron/kernels': () => import('@polyneuron/kernels'),
  '@polyneuron/layers': () => import('@polyneuron/layers'),
  '@polyneuron/layers/node': () => import('@polyneuron/layers/node'),
  '@polyneuron/trainer': () => import('@polyneuron/trainer'),
} as const;

describe('the TypeScript of docs/guide', () => {
  let loaded: Readonly<Record<string, unknown>>;
  beforeAll(async () => {
    const entries = Object.entries(modules).map(async ([name, load]) => [name, await load()] as const);
    loaded = Object.fromEntries(await Promise.all(entries));
  });

  // As in a process of its own, where the page imports this one alone
  beforeEach(async () => {
    await setBackend('cpu');
  });

  it.each([...guideModules])('%s prints what it says', async (_, code) => {
    const claimed = claimsOf(code);
    expect(claimed.length).toBeGreaterThan(0);
    expect(await runExample(code, loaded)).toEqual(claimed);
  });
});

describe('the other blocks of docs/guide', () => {
  const others = guideBlocks.filter(({ language }) => language !== 'ts');
  const shown = others.filter(({ file }) => file !== undefined);
  const commands = others.filter(({ language }) => language === 'sh').flatMap(commandsOf);

  it('are command lines, or files of this repository', () => {
    const untested = others.filter(({ language, file }) => language !== 'sh' && file === undefined);
    expect(untested).toEqual([]);
  });

  it.each(shown)('$page shows $file as it is', ({ code, file }) => {
    expect(readFileSync(join(repository, file!), 'utf8')).toContain(code);
  });

  it.each(commands)('$page: polyneuron $words', ({ words }) => {
    expect(unknownOptions(words)).toEqual([]);
  });
});

describe('the links of docs/guide', () => {
  it('lead to files', () => {
    const broken = [...guidePages].flatMap(([page, text]) =>
      [...text.replaceAll(/^```.*?^```$/gms, '').matchAll(/\]\((?!https?:|#)([^)#]+)/g)]
        .filter(([, path]) => !existsSync(join(guideFolder, path!)))
        .map(([, path]) => `${page}: ${path}`),
    );
    expect(broken).toEqual([]);
  });

  it('of the index name every page', () => {
    const index = guidePages.get('README.md')!;
    expect(
      [...guidePages.keys()].filter((name) => name !== 'README.md' && !index.includes(`](${name})`)),
    ).toEqual([]);
  });
});

/** Lines that call the command line, without `npx polyneuron`. */
function commandsOf({ page, code }: Block): { readonly page: string; readonly words: readonly string[] }[] {
  const lines = code.replaceAll('\\\n', ' ').split('\n');
  return lines.flatMap((line) => {
    const [, rest] = /^\s*npx polyneuron (.*)$/.exec(line.replace(/\s+#.*$/, '')) ?? [];
    return rest === undefined ? [] : [{ page, words: rest.trim().split(/\s+/) }];
  });
}

/** Commands and options that the command line does not have. */
function unknownOptions(words: readonly string[]): string[] {
  let command = createProgram({} as CommandContext);
  const unknown: string[] = [];
  for (const [at, word] of words.entries()) {
    const child = command.commands.find((one) => one.name() === word);
    const isOption = word.startsWith('--');
    if (child) command = child;
    else if (at === 0) unknown.push(word);
    else if (isOption && !command.options.some(({ long }) => long === word)) unknown.push(word);
  }
  return unknown;
}
