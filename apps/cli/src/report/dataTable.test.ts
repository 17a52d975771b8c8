import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { emptyCell, numberCell, renderTable, textCell } from './dataTable.js';

const columns = [
  { title: 'Name', isNumeric: false },
  { title: 'loss', group: 'Train', isNumeric: true },
  { title: 'mse', group: 'Train', isNumeric: true },
  { title: 'loss', group: 'Test', isNumeric: true },
];

function parse(markup: string): Document {
  return parseHTML(`<html><body>${markup}</body></html>`).document;
}

describe('renderTable', () => {
  it('groups columns under scoped headers', () => {
    const document = parse(renderTable({ caption: 'T', columns, rows: [] }).markup);
    const groups = Array.from(document.querySelectorAll('th[scope=colgroup]')).map((cell) => [
      cell.textContent,
      cell.getAttribute('colspan'),
    ]);
    expect(groups).toEqual([
      ['Train', '2'],
      ['Test', '1'],
    ]);
    expect(document.querySelector('th[rowspan="2"]')!.textContent).toBe('Name');
    expect(document.querySelectorAll('thead tr')).toHaveLength(2);
  });

  it('reserves the width of the longest tail of its column after each whole part', () => {
    const rows = [
      [textCell('a'), numberCell('0.01235'), numberCell('12'), emptyCell],
      [textCell('b'), numberCell('12.35'), numberCell('3'), emptyCell],
      [textCell('c'), numberCell('NaN'), numberCell('1,000'), emptyCell],
    ];
    const document = parse(renderTable({ caption: 'T', columns, rows }).markup);
    const tails = Array.from(document.querySelectorAll('.tail'));
    expect(tails.map((tail) => tail.textContent)).toEqual(['.01235', '.35', '']);
    expect(tails.map((tail) => tail.getAttribute('style'))).toEqual(Array(3).fill('width:6ch'));
  });

  it('says in words what is best and what is missing', () => {
    const rows = [[textCell('a'), numberCell('0.1', true), emptyCell]];
    const document = parse(renderTable({ caption: 'T', columns, rows }).markup);
    expect(document.querySelector('td.best')!.textContent).toBe('0.1 (best)');
    expect(document.querySelector('td.best strong')!.textContent).toBe('0.1');
    // The last cell is missing from the row, the one before it is empty.
    expect(document.querySelectorAll('[aria-label="no value"]')).toHaveLength(2);
  });

  it('escapes captions, titles, cells and notes', () => {
    const markup = renderTable({
      caption: '<i>"',
      columns: [{ title: '<i>', isNumeric: false }],
      rows: [[textCell('<i>')]],
      note: '<i>',
    }).markup;
    expect(markup).not.toContain('<i>');
    expect(parse(markup).querySelector('.scroll')!.getAttribute('aria-label')).toBe('<i>"');
  });

  it('keeps a hidden caption in the document', () => {
    const document = parse(renderTable({ caption: 'T', hidesCaption: true, columns, rows: [] }).markup);
    expect(document.querySelector('caption.hidden')!.textContent).toContain('T');
  });
});
