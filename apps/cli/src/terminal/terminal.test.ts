import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { formatBytes, formatCount, formatNumber, formatSeconds } from './formatNumber.js';
import { createProgress } from './progress.js';
import { renderTable } from './table.js';

describe('formatNumber', () => {
  it.each([
    [0, '0'],
    [0.123456, '0.1235'],
    [12.5, '12.5'],
    [101200, '101,200'],
    [4.504e11, '4.50e11'],
    [5.3e-11, '5.30e-11'],
    [-0.25, '-0.25'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    [null, '–'],
    [undefined, '–'],
  ])('writes %s as %s', (value, text) => expect(formatNumber(value)).toBe(text));
});

describe('other formats', () => {
  it('writes counts, times and sizes', () => {
    expect([formatCount(55050), formatSeconds(0.44), formatSeconds(83.4)]).toEqual([
      '55,050',
      '0.4 s',
      '83 s',
    ]);
    expect([formatBytes(0), formatBytes(1023), formatBytes(1536), formatBytes(2 ** 34)]).toEqual([
      '0 B',
      '1023 B',
      '1.5 KiB',
      '16.0 GiB',
    ]);
  });
});

describe('renderTable', () => {
  it('aligns columns, and wraps where a column is limited', () => {
    expect(
      renderTable(
        [{ title: 'name' }, { title: 'count', align: 'right' }, { title: 'note', maxWidth: 10 }],
        [
          ['dense', '9', 'short'],
          ['quadDense', '27', 'three times as many'],
        ],
      ),
    ).toMatchInlineSnapshot(`
      "name       count  note
      ─────────  ─────  ──────────
      dense          9  short
      quadDense     27  three
                        times as
                        many"
    `);
  });

  it('has a header without rows', () => {
    expect(renderTable([{ title: 'name' }], [])).toBe('name\n────');
  });
});

describe('createProgress', () => {
  it('writes nothing to what is no terminal', () => {
    const stream = new PassThrough();
    const progress = createProgress(stream as unknown as NodeJS.WriteStream);
    progress.begin('training', 10);
    progress.update(5, 'loss 1');
    progress.end();
    expect(stream.read()).toBeNull();
  });
});
