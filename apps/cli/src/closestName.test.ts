import { describe, expect, it } from 'vitest';
import { closestName, lookUp } from './closestName.js';

describe('closestName', () => {
  it.each([
    ['quadDens', 'quadDense'],
    ['QUADDENSE', 'quadDense'],
    ['crossfeature', undefined],
    ['', undefined],
  ])('finds for %s: %s', (wanted, found) => {
    expect(closestName(wanted, ['dense', 'quadDense', 'featureCross'])).toBe(found);
  });
});

describe('lookUp', () => {
  it('gives the value of a known name', () => {
    expect(lookUp({ a: 1 }, 'a', { subject: 'test', kind: 'letter' })).toBe(1);
  });

  it('knows nothing of what objects inherit', () => {
    expect(() => lookUp({ a: 1 }, 'constructor', { subject: 'test', kind: 'letter' })).toThrow(
      "got 'constructor'",
    );
  });

  it('suggests the nearest name', () => {
    expect(() =>
      lookUp({ dense: 1, quadDense: 2 }, 'quadDens', { subject: 'polyneuron inspect', kind: 'layer' }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [UsageError: polyneuron inspect expected the name of a known layer, got 'quadDens'.

        known   dense, quadDense

      Fix: did you mean 'quadDense'?]
    `);
  });

  it('lists the names where none is near', () => {
    expect(() =>
      lookUp({ dense: 1, quadDense: 2 }, 'zzzzzzzz', {
        subject: 'polyneuron inspect',
        kind: 'layer',
        listCommand: 'polyneuron layers',
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [UsageError: polyneuron inspect expected the name of a known layer, got 'zzzzzzzz'.

        known   dense, quadDense

      Fix: 'polyneuron layers' lists them all]
    `);
  });
});
