import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { contenderTable, sourceSides, sourcesOf } from './contenderSources.js';

const repository = fileURLToPath(new URL('../../../../../', import.meta.url));
const namesOf = (side: (typeof sourceSides)[number]) =>
  sourcesOf(side).map(({ path }) => path.split('/').at(-1));

describe('sourcesOf', () => {
  it('begins with the contender and has what it calls', () => {
    expect(namesOf('ours').slice(0, 2)).toEqual(['programContender.ts', 'programWorkload.ts']);
    expect(namesOf('stock')[0]).toBe('tfjsContender.ts');
    expect(namesOf('stock')).toEqual(
      expect.arrayContaining(['trainWithFit.ts', 'multiplyWithTfjs.ts', 'stockLayers.ts', 'columns.ts']),
    );
  });

  it('has no file on both sides, no test and no file that only gives types', () => {
    const all = sourceSides.flatMap(namesOf);
    expect(new Set(all).size).toBe(all.length);
    expect(all.filter((name) => name?.includes('.test.'))).toEqual([]);
    expect(all).not.toContain('contender.ts');
  });

  it('gives the text of files of the repository', () => {
    for (const { path, text } of [contenderTable(), ...sourceSides.flatMap(sourcesOf)]) {
      expect(text, path).toBe(readFileSync(repository + path, 'utf8'));
    }
    expect(contenderTable().text).toContain('export const makeContender');
  });
});
