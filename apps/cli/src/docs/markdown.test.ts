import { describe, expect, it } from 'vitest';
import { markdownTable, prose } from './markdown.js';

describe('markdown', () => {
  it('escapes what would be markup', () => {
    expect(prose('Σ_{i<j} x * y')).toBe('Σ_{i&lt;j} x \\* y');
  });

  it('makes tables whose cells hold bars', () => {
    expect(markdownTable(['a', 'b'], [['`x | y`', '2']])).toBe('| a | b |\n| --- | --- |\n| `x \\| y` | 2 |');
  });
});
