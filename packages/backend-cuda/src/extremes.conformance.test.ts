/** @file Integers at the ends of their range, numbers that are not finite, and indices out of range, on the host shim. */
import { expectAsInterpreted, integerCases, specialCases } from '@polyneuron/conformance';
import { gather, input, programOf, scatterAdd } from '@polyneuron/graph';
import { tolerances } from '@polyneuron/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { hasShim } from './testing/hostCompiler.js';
import { runOnShim, type ShimRun } from './testing/runOnShim.js';
import type { ShimCase } from './testing/shimCase.js';

const compared = [...integerCases(), ...specialCases()];

/** The interpreter throws for these indices; on a device they have a result. */
const at = Int32Array.of(1, -1, 3, 2 ** 31 - 1, -(2 ** 31), 2);
const outside: ShimCase = (() => {
  const indices = input('at', { shape: [6], dtype: 'int32' });
  const program = programOf('outside', {
    floats: gather(input('table', { shape: [3], dtype: 'float32' }), indices),
    integers: gather(input('whole', { shape: [3], dtype: 'int32' }), indices),
    added: scatterAdd(input('updates', { shape: [6], dtype: 'float32' }), indices, 3),
  });
  const inputs = {
    at,
    table: Float32Array.of(5, 6, 7),
    whole: Int32Array.of(5, 6, 7),
    updates: Float32Array.of(1, 2, 4, 8, 16, 32),
  };
  return { title: 'outside', program, inputs: [inputs], tolerance: tolerances.float32.exact };
})();

describe.skipIf(!hasShim('extremes through the emitted CUDA'))('emitted CUDA on the host', () => {
  let run: ShimRun;
  beforeAll(async () => {
    run = await runOnShim([...compared, outside]);
  }, 300_000);

  it.each(compared.map(({ title }, place) => ({ title, place })))('computes $title', ({ place }) => {
    expectAsInterpreted(compared[place], run.results[place]);
  });

  it('gives NaN, or the smallest integer, for indices out of range, and adds nothing there', () => {
    const { floats, integers: whole, added } = run.results[compared.length].outputs[0];
    const { NaN: nan } = Number;
    const low = -(2 ** 31);
    expect([...floats]).toEqual([6, nan, nan, nan, nan, 7]);
    expect([...whole]).toEqual([6, low, low, low, low, 7]);
    expect([...added]).toEqual([0, 1, 32]);
  });
});
