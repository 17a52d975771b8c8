import { describe, expect, it } from 'vitest';
import { integer, integers, keyValue, list, positive } from './commonOptions.js';

describe('integer', () => {
  it('reads whole numbers of its range', () => {
    expect(integer('--epochs', 1)('10')).toBe(10);
    expect(integer('--seed', 0, 9)('0')).toBe(0);
  });

  it.each(['0', '1.5', 'ten', '', '-3', 'NaN'])('rejects %s', (text) => {
    expect(() => integer('--epochs', 1)(text)).toThrow(`expected an integer of at least 1, got '${text}'`);
  });

  it('names its range and the remedy', () => {
    expect(() => integer('--seed', 0, 9)('10')).toThrowErrorMatchingInlineSnapshot(`
      [UsageError: --seed expected an integer from 0 to 9, got '10'.

      Fix: pass a number: --seed 1]
    `);
  });
});

describe('positive', () => {
  it('reads a number above 0', () => {
    expect(positive('--learning-rate')('4e-1')).toBe(0.4);
  });

  it.each(['0', '-1', 'Infinity', ''])('rejects %s', (text) => {
    expect(() => positive('--learning-rate')(text)).toThrow('expected a positive number');
  });

  it('names the remedy', () => {
    expect(() => positive('--learning-rate')('fast')).toThrowErrorMatchingInlineSnapshot(`
      [UsageError: --learning-rate expected a positive number, got 'fast'.

      Fix: pass a number: --learning-rate 0.01]
    `);
  });
});

describe('keyValue', () => {
  it('collects pairs, and reads JSON where it is JSON', () => {
    const read = keyValue('--option');
    expect(read('rank=2', read('start=random', read('kernelSize=[3,3]')))).toEqual({
      kernelSize: [3, 3],
      start: 'random',
      rank: 2,
    });
  });

  it('keeps what follows the first equals sign', () => {
    expect(keyValue('--option')('a=b=c')).toEqual({ a: 'b=c' });
  });

  it('rejects what is no pair', () => {
    expect(() => keyValue('--option')('rank')).toThrowErrorMatchingInlineSnapshot(`
      [UsageError: --option expected key=value, got 'rank'.

      Fix: write --option name=value]
    `);
  });
});

describe('list', () => {
  it('reads names, each once', () => {
    expect(list('--cases')('a, b,a')).toEqual(['a', 'b']);
  });

  it.each(['', 'a,', ',a', 'a,,b'])('rejects %j', (text) => {
    expect(() => list('--cases')(text)).toThrow('--cases expected names separated by commas');
  });

  it('names the remedy', () => {
    expect(() => list('--cases')('a,')).toThrowErrorMatchingInlineSnapshot(`
      [UsageError: --cases expected names separated by commas, got 'a,'.

      Fix: write --cases a,b]
    `);
  });
});

describe('integers', () => {
  it('reads numbers, each once', () => {
    expect(integers('--threads', 1, 64)('1,2,1')).toEqual([1, 2]);
  });

  it.each(['', '1,', '0', '65', '1.5'])('rejects %j', (text) => {
    expect(() => integers('--threads', 1, 64)(text)).toThrow('--threads expected an integer from 1 to 64');
  });
});
