import { describe, expect, it } from 'vitest';
import { closestName } from './closestName.js';
import { layer, layers } from './layers.js';

describe('layer', () => {
  it('finds every layer by its name', () => {
    for (const [name, spec] of Object.entries(layers)) expect(layer(name)).toBe(spec);
  });

  const names = Object.keys(layers).join(', ');

  it('suggests the closest name, ignoring case', () => {
    expect(() => layer('QuadDens')).toThrow(
      `layer expected one of ${names}, got 'QuadDens'.\n\nFix: did you mean 'quadDense'?`,
    );
  });

  it('lists all names when none is close', () => {
    expect(() => layer('lstm')).toThrow(
      `layer expected one of ${names}, got 'lstm'.\n\nFix: pass one of the names above`,
    );
    expect(() => layer('toString')).toThrow(/layer expected one of/);
  });
});

describe('closestName', () => {
  it('allows two edits, or a third of the length', () => {
    expect(closestName('dens', ['dense', 'add'])).toBe('dense');
    expect(closestName('featurecros', ['featureCross'])).toBe('featureCross');
    expect(closestName('xyz', ['dense'])).toBeUndefined();
    expect(closestName('x', [])).toBeUndefined();
  });
});
