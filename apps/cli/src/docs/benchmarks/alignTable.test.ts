import { expect, it } from 'vitest';
import { alignTable } from './alignTable.js';

it('pads words to the right and numbers to the left, empty cells too', () => {
  const table = [
    '| case | ms | note |',
    '| --- | ---: | --- |',
    '| a\\|b long | 1 |  |',
    '| c | 12.25 | π |',
  ];
  expect(alignTable(table.join('\n')).split('\n')).toEqual([
    '| case      |    ms | note |',
    '| --------- | ----: | ---- |',
    '| a\\|b long |     1 |      |',
    '| c         | 12.25 | π    |',
  ]);
});
