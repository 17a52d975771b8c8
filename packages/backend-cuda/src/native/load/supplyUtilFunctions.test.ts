import util from 'node:util';
import { expect, it } from 'vitest';
import { supplyUtilFunctions } from './supplyUtilFunctions.js';

it('supplies what Node 23 took away, and leaves the rest alone', () => {
  const node23: { isNullOrUndefined?(value: unknown): boolean; isArray?(value: unknown): boolean } = {};
  expect(supplyUtilFunctions(node23)).toEqual(['isNullOrUndefined', 'isArray']);
  expect([null, undefined, 0, ''].map((value) => node23.isNullOrUndefined?.(value))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect([[], {}].map((value) => node23.isArray?.(value))).toEqual([true, false]);
  const own = () => true;
  const node20 = { isNullOrUndefined: own, isArray: own };
  expect(supplyUtilFunctions(node20)).toEqual([]);
  expect(node20.isArray).toBe(own);
});

it('makes the functions of util of this Node whole', () => {
  supplyUtilFunctions();
  expect(supplyUtilFunctions()).toEqual([]);
  expect((util as { isArray?(value: unknown): boolean }).isArray?.([])).toBe(true);
});
