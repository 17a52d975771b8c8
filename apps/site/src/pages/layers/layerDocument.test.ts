import { describe, expect, it } from 'vitest';
import { layerDocument } from './layerDocument.js';

describe('layerDocument', () => {
  it('has the parts of a page', () => {
    const { introduction, facts, shapes, options, pitfalls, example, sources, figure } = layerDocument(
      'glu',
      'Gated linear unit',
    );
    expect(introduction).toMatch(/^One affine map/);
    expect(facts.split('\n')[0]).toMatch(/^- \*\*Degree\*\*: /);
    expect(shapes).toMatch(/→ y \[B, \.\.\., units\]/);
    expect(options).toMatch(/^\| option/);
    expect(pitfalls).toMatch(/^- \*\*Order of halves/);
    expect(example).toMatch(/^import /);
    expect(sources).toMatch(/Dauphin/);
    expect(figure?.url).toMatch(/^data:image\/svg\+xml/);
  });

  it('has the section of a stock layer', () => {
    const { facts, shapes, options, figure } = layerDocument('dense', 'Dense');
    expect(facts).toMatch(/^- \*\*Degree\*\*: 1\n- \*\*Parameters\*\*: /);
    expect(shapes).toBe('x [B, ..., n], W [n, units], b [units] → y [B, ..., units]');
    expect(options.trim()).toMatch(/^\| option/);
    expect(figure).toBeUndefined();
  });

  it('refuses layers that docs/layers does not know', () => {
    expect(() => layerDocument('cube', 'Cube')).toThrowErrorMatchingInlineSnapshot(`
      [InternalError: internal: docs/layers has no page and no section of 'Cube'

      Please report this at https://github.com/polyneuron/polyneuron/issues]
    `);
  });
});
