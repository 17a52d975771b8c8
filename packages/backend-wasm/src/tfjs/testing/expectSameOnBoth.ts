import { expectClose, type Tolerance } from '@polyneuron/testing';
import type { Tensor } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { resultOn } from './tfjsBackends.js';

/** Expects of the wasm backend what the cpu backend computes. */
export async function expectSameOnBoth(compute: () => Tensor, tolerance: Tolerance): Promise<void> {
  const expected = await resultOn('cpu', compute);
  const actual = await resultOn('wasm', compute);
  expect([actual.shape, actual.dtype]).toEqual([expected.shape, expected.dtype]);
  expectClose(actual, expected, tolerance);
}
