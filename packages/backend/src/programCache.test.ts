import { add, defineProgram, type Program } from '@polyneuron/graph';
import { describe, expect, it } from 'vitest';
import { ProgramCache } from './index.js';

const shift = (by: number): Program =>
  defineProgram({
    name: 'shift',
    inputs: { x: { shape: [2], dtype: 'float32' } },
    build: ({ inputs: { x } }) => ({ outputs: { y: add(x, by) } }),
  });

describe('ProgramCache', () => {
  it('shares an entry between programs that print alike', () => {
    const cache = new ProgramCache<object>();
    const made = cache.get(shift(1), () => ({}));
    expect(cache.get(shift(1), () => ({}))).toBe(made);
    expect(cache.get(shift(2), () => ({}))).not.toBe(made);
    expect(cache.get(shift(1), () => ({}), 'cpu')).not.toBe(made);
    expect(cache.size).toBe(3);
  });

  it('drops the entry used longest ago and releases it', () => {
    const released: number[] = [];
    const cache = new ProgramCache<number>({ capacity: 2, release: (value) => void released.push(value) });
    for (const by of [1, 2, 1, 3]) cache.get(shift(by), () => by);
    expect(released).toEqual([2]);
    cache.clear();
    expect(released).toEqual([2, 1, 3]);
    expect(cache.size).toBe(0);
  });

  it('keeps nothing when making the entry fails', () => {
    const cache = new ProgramCache<number>();
    const fail = () => {
      throw new RangeError('no');
    };
    expect(() => cache.get(shift(1), fail)).toThrow(new RangeError('no'));
    expect(cache.size).toBe(0);
  });
});
