import { describe, expect, it } from 'vitest';
import { parseGoldenFile, vectors } from './vectors.js';

const provenance = { framework: 'torch', version: '2', script: 'vectors/generate/x.py', date: '2025-01-01' };

describe('parseGoldenFile', () => {
  it('reads numbers that JSON lacks', () => {
    const text = JSON.stringify({ provenance, cases: [{ y: ['NaN', 'Infinity', '-Infinity', 1] }] });
    expect(parseGoldenFile(text, 'x').cases).toEqual([
      { y: [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1] },
    ]);
  });

  it('insists on provenance and on cases', () => {
    expect(() => parseGoldenFile('{"cases": [1]}', 'x')).toThrowErrorMatchingInlineSnapshot(
      `[Error: vectors: x.json lacks provenance: framework, version, script, date]`,
    );
    expect(() =>
      parseGoldenFile(JSON.stringify({ provenance, cases: [] }), 'x'),
    ).toThrowErrorMatchingInlineSnapshot(`[Error: vectors: x.json has no case]`);
  });
});

describe('vectors', () => {
  it('says how to get a missing file', () => {
    expect(() => vectors('noSuchTopic')).toThrowErrorMatchingInlineSnapshot(
      `[Error: vectors: no golden file vectors/noSuchTopic.json. Fix: run the script in vectors/generate that writes it.]`,
    );
  });
});
