import { describe, expect, it } from 'vitest';
import { fillBlock } from './fillBlock.js';

const page = '# Cubes\n\nIntroduction.\n\n<!-- record -->\nold\n<!-- /record -->\n\n## Pitfalls\n';

describe('fillBlock', () => {
  it('replaces what stands between the markers and nothing else', () => {
    const filled = fillBlock('cube', page, 'y = x^3');
    expect(filled).toBe(
      '# Cubes\n\nIntroduction.\n\n<!-- record -->\n' +
        '<!-- Written by `npm run docs` from the record and its docstring: edit those. -->\n\n' +
        'y = x^3\n\n<!-- /record -->\n\n## Pitfalls\n',
    );
    expect(fillBlock('cube', filled, 'y = x^3')).toBe(filled);
  });

  it('refuses pages without one pair of markers', () => {
    expect(() => fillBlock('cube', '# Cubes\n', 'y')).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: the page of cube expected one <!-- record --> with one <!-- /record --> after it, got 0 and 0.

      Fix: put both on lines of their own under the first paragraph]
    `);
    expect(() => fillBlock('cube', page + page, 'y')).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: the page of cube expected one <!-- record --> with one <!-- /record --> after it, got 2 and 2.

      Fix: put both on lines of their own under the first paragraph]
    `);
  });
});
