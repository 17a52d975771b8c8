import { describe, expect, it } from 'vitest';
import { colourCount, identitiesFor, identityOf, swatch } from './identity.js';
import { styles } from './styles.js';

describe('identityOf', () => {
  it('gives letters as a spreadsheet does', () => {
    expect([0, 1, 25, 26, 27, 702].map((index) => identityOf(index).letter)).toEqual([
      'A',
      'B',
      'Z',
      'AA',
      'AB',
      'AAA',
    ]);
  });

  it('repeats a pair of colour and dash only after 32 series', () => {
    const pairs = Array.from(
      { length: 32 },
      (_, index) => `${identityOf(index).colour} ${identityOf(index).dash}`,
    );
    expect(new Set(pairs).size).toBe(32);
  });

  it('uses only colours that the style sheet defines, for light and for dark', () => {
    for (let index = 0; index < colourCount; index++) {
      expect(styles.split(`--series-${index}: #`)).toHaveLength(3);
    }
  });
});

describe('identitiesFor', () => {
  it('keeps the identity of a contender', () => {
    const [second, other] = identitiesFor(['b', 'target'], ['a', 'b']);
    expect(second).toEqual(identityOf(1));
    expect(other).toEqual(identityOf(2));
  });

  it('starts afresh where no contender is shown', () => {
    expect(identitiesFor(['relu'], ['a', 'b'])).toEqual([identityOf(0)]);
  });
});

describe('swatch', () => {
  it('is hidden from screen readers', () => {
    expect(swatch(identityOf(0)).markup).toContain('aria-hidden="true"');
    expect(swatch(identityOf(0), false).markup).not.toContain('<b');
  });
});
