import { ShapeError } from '@polyneuron/graph';
import { describe, expect, it } from 'vitest';
import { locateError } from './locateError.js';

describe('locateError', () => {
  const fields = { subject: 'layer', expected: 'one thing', received: 'another' };

  it('adds the place to message and stack, after a fix or a blank line', () => {
    const located = locateError(new ShapeError(fields), 'a > $&');
    expect(located.message).toBe('layer expected one thing, got another.\n\nAt:  a > $&');
    expect(located.stack).toContain('At:  a > $&');
    expect(locateError(new ShapeError({ ...fields, fix: 'swap' }), 'b').message).toMatch(
      /\n\nFix: swap\nAt: {2}b$/,
    );
  });

  it('keeps a place that is there already', () => {
    expect(locateError(new ShapeError({ ...fields, at: 'inner' }), 'outer').message).toMatch(/At: {2}inner$/);
  });
});
