import { describe, expect, it } from 'vitest';
import { allOptimizers, optimizerOptions } from './optimizerCases.js';

describe('optimizerOptions', () => {
  it('are each known to one optimizer at least', () => {
    const known = optimizerOptions.filter((options) =>
      allOptimizers.some(({ defaults }) => Object.keys(options).every((option) => option in defaults)),
    );
    expect(known).toEqual(optimizerOptions);
  });
});
