/** @file Every op and its derivatives, and the ends of the number range, as the interpreter computes them. */
import {
  expectRun,
  expectScan,
  integerCases,
  opCases,
  repeated,
  specialCases,
} from '@polyneuron/conformance';
import { opNames } from '@polyneuron/graph';
import { describe, it } from 'vitest';
import { simdVariants } from './testing/simdVariants.js';
import { createWasmBackend } from './wasmBackend.js';

describe.each(simdVariants())('wasm, relaxed: %s', (relaxed) => {
  const backend = createWasmBackend({ relaxed });

  it.each(opNames)('computes %s and its derivatives as the interpreter does', async (op) => {
    for (const one of opCases(op)) {
      await expectRun(backend, one);
      await expectScan(backend, repeated(one, 2));
    }
  });

  it.each([...integerCases(), ...specialCases()])('computes $title', async (one) => {
    await expectRun(backend, one);
  });
});
