import { describe, expect, it } from 'vitest';
import { markdownTable, prose } from './markdown.js';

describe('markdown', () => {
  it('escapes what would be markup', () => {
    expect(prose('Σ_{i<j} x * y')).toBe('Σ_{i&lt;j} x \\* y');
  });

  it('makes tables whose cells hold bars', () => {
    const table = ['| a        | bold |', '| -------- | ---- |', '| `x \\| y` | ∂    |'].join('\n');
    expect(markdownTable(['a', 'bold'], [['`x | y`', '∂']])).toBe(table);
  });
});
