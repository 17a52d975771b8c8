import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = dirname(fileURLToPath(import.meta.url));

/** Text of a source without its comments. */
const codeOf = (path: string) => readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');

/** All files that an entry imports, itself included, and the packages they import. */
function reach(entry: string, files = new Set<string>(), packages = new Set<string>()) {
  if (files.has(entry)) return { files, packages };
  files.add(entry);
  for (const [, specifier] of codeOf(entry).matchAll(/from\s+'([^']+)'/g)) {
    if (specifier.startsWith('.'))
      reach(join(dirname(entry), specifier.replace(/\.js$/, '.ts')), files, packages);
    else packages.add(specifier);
  }
  return { files, packages };
}

describe('sources', () => {
  it('reach no package at all from the main entry, so that it runs in a browser', () => {
    const { files, packages } = reach(join(root, 'index.ts'));
    expect(files.size).toBeGreaterThan(15);
    expect([...packages]).toEqual([]);
    for (const file of files) expect(codeOf(file)).not.toMatch(/\b(process|Buffer|require)\b/);
  });

  it('reach only node itself from the node entry', () => {
    for (const name of reach(join(root, 'node.ts')).packages) expect(name).toMatch(/^node:/);
  });

  it('compute generated numbers by operations that ECMAScript fixes to the bit', () => {
    const exact = [
      'abs',
      'ceil',
      'floor',
      'imul',
      'max',
      'min',
      'round',
      'sqrt',
      'PI',
      'LN2',
      'SQRT2',
      'SQRT1_2',
    ];
    for (const folder of ['random', 'generators']) {
      for (const name of readdirSync(join(root, folder)).filter((file) => !file.includes('.test.'))) {
        const code = codeOf(join(root, folder, name));
        const inexact = [...code.matchAll(/Math\.(\w+)/g)].filter(([, used]) => !exact.includes(used));
        expect(
          inexact.map(([used]) => used),
          name,
        ).toEqual([]);
        expect(code, name).not.toMatch(/\*\*/);
      }
    }
  });
});
