import { describe, expect, it } from 'vitest';
import { elementNames, inputElementNames, letterText } from './elementNames.js';

describe('elementNames', () => {
  it('counts from 0, along every axis', () => {
    expect(elementNames('y', [1])).toEqual(['y']);
    expect(elementNames('y', [3])).toEqual(['y₀', 'y₁', 'y₂']);
    expect(elementNames('y', [2, 2])).toEqual(['y₀,₀', 'y₀,₁', 'y₁,₀', 'y₁,₁']);
    expect(inputElementNames([[2], [1]])).toEqual(['x₀', 'x₁', 'z']);
  });

  it('says which letter is which input where there are two', () => {
    expect(letterText([[3]])).toBe('');
    expect(letterText([[3], [2]])).toBe(' (x the first input, z the second)');
  });
});
