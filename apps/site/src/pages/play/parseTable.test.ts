import { describe, expect, it } from 'vitest';
import { parseTable } from './parseTable.js';

const rows = (row: (at: number) => string, count = 12) =>
  Array.from({ length: count }, (_, at) => row(at)).join('\n');

describe('parseTable', () => {
  it('reads two classes under a header', () => {
    const parsed = parseTable(`x1,x2,kind\n${rows((at) => `${at},${-at},${at % 2 ? 'yes' : 'no'}`)}`);
    expect(parsed).toMatchObject({ summary: '12 rows, two classes, no (blue) and yes (orange)' });
    expect('table' in parsed && parsed.table.points.slice(0, 2)).toEqual([
      [0, 0, 0],
      [1, -1, 1],
    ]);
  });

  it('reads a regression with any separator', () => {
    for (const separator of [',', ';', '\t', ' ', ' ; ']) {
      const parsed = parseTable(rows((at) => [at, 1, at / 2].join(separator)));
      expect(parsed).toMatchObject({ summary: '12 rows, a regression' });
    }
  });

  it('says what is wrong, by line', () => {
    expect(parseTable('')).toEqual({ problems: ['at least 10 rows are needed, got 0'] });
    expect(
      parseTable(rows((at) => (at === 3 ? '1,oops,0' : at === 5 ? '1,2' : `${at},1,${at % 2}`))),
    ).toEqual({
      problems: ["line 4: 'oops' is no number", 'line 6 has 2 columns, not 3'],
    });
    expect(parseTable(rows((at) => `${at},1,same`))).toEqual({
      problems: ['the third column has one value alone, same: there is nothing to learn'],
    });
    expect(parseTable(rows((at) => `${at},1,${'abc'[at % 3]}`))).toEqual({
      problems: ["the third column has 3 different values and 'a' is no number: use two classes, or numbers"],
    });
    expect(parseTable(rows((at) => `${at},1,${at % 2}`, 2001))).toEqual({
      problems: ['at most 2000 rows are taken, got 2001'],
    });
    const many = parseTable(rows(() => 'a,b,c,d'));
    expect('problems' in many && many.problems.at(-1)).toBe('and 6 more');
  });
});
