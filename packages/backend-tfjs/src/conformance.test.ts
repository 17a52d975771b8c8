import type { Backend } from '@polyneuron/backend';
import { drawValues, expectRun, opCases, opSamples } from '@polyneuron/conformance';
import { add, constant, defineProgram, einsum, mul, opNames } from '@polyneuron/graph';
import { tolerances } from '@polyneuron/testing';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { backend as activeBackend, memory, ready, setBackend } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTfjsBackend } from './index.js';

const { contraction } = tolerances.float32;

describe('op samples', () => {
  it('exist for every op, and use it', () => {
    expect(Object.keys(opSamples).sort()).toEqual([...opNames].sort());
    for (const op of opNames) expect(opSamples[op].length, op).toBeGreaterThan(0);
  });
});

describe.each([
  { tfjsName: 'cpu', useHostMemory: true },
  { tfjsName: 'wasm', useHostMemory: true },
  { tfjsName: 'cpu', useHostMemory: false },
  { tfjsName: 'wasm', useHostMemory: false },
])('tfjs $tfjsName, host memory $useHostMemory', ({ tfjsName, useHostMemory }) => {
  let backend: Backend;
  beforeAll(async () => {
    expect(await setBackend(tfjsName)).toBe(true);
    await ready();
    backend = createTfjsBackend({ useHostMemory });
  });

  it.each(opNames)('%s: value, first and second derivative', async (op) => {
    const before = [memory().numTensors, backendDataIds()];
    for (const one of opCases(op)) await expectRun(backend, one);
    expect([memory().numTensors, backendDataIds()]).toEqual(before);
  });

  it('computes any einsum', async () => {
    await fc.assert(
      fc.asyncProperty(einsums, async ({ spec, left, right }) => {
        const program = defineProgram({
          name: spec,
          inputs: { a: { shape: left, dtype: 'float32' }, b: { shape: right, dtype: 'float32' } },
          build: ({ inputs: { a, b } }) => ({ outputs: { y: einsum(spec, a, b) } }),
        });
        const inputs = [drawValues(program.inputs, 7)];
        await expectRun(backend, { title: spec, program, inputs, tolerance: contraction(81) });
      }),
      { seed: 1, numRuns: 150 },
    );
  });

  it('keeps the number of tensors over 1000 runs', async () => {
    const program = defineProgram({
      name: 'step',
      inputs: { x: { shape: [4, 3], dtype: 'float32' }, at: { shape: [2], dtype: 'int32' } },
      state: { w: { shape: [3, 2], dtype: 'float32' }, unused: { shape: [2], dtype: 'float32' } },
      build: ({ inputs: { x }, state: { w } }) => {
        const y = einsum('bi,io->bo', x, add(w, constant(0.5)));
        return { outputs: { y, x }, updates: { w: mul(einsum('bi,bo->io', x, y), 1e-9) } };
      },
    });
    const executable = await backend.compile(program);
    const inputs = { x: Float32Array.from({ length: 12 }, Math.sin), at: Int32Array.of(0, 1) };
    const before = [memory().numTensors, backendDataIds()];
    for (let run = 0; run < 1000; run++) executable.runSync?.(inputs);
    expect([memory().numTensors, backendDataIds()]).toEqual(before);
    executable.dispose();
  });
});

/** Tensors the backend itself holds: ours never reach the engine. */
function backendDataIds(): number {
  return activeBackend().numDataIds();
}

/** Specs with labels in every role, in any order, up to extents of 3. */
const einsums = fc
  .record({
    roles: fc.array(fc.constantFrom('batch', 'rows', 'columns', 'depth'), { minLength: 0, maxLength: 5 }),
    extents: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 5, maxLength: 5 }),
    order: fc.array(fc.nat(), { minLength: 15, maxLength: 15 }),
  })
  .map(({ roles, extents, order }) => {
    const labels = roles.map((role, at) => ({ role, label: 'abcde'[at], extent: extents[at] }));
    const pick = (absent: string, offset: number) =>
      labels
        .filter(({ role }) => role !== absent)
        .map((label, at) => ({ label, key: order[offset + at] }))
        .sort((p, q) => p.key - q.key)
        .map(({ label }) => label);
    const [left, right, output] = [pick('columns', 0), pick('rows', 5), pick('depth', 10)];
    const term = (list: typeof left) => list.map(({ label }) => label).join('');
    return {
      spec: `${term(left)},${term(right)}->${term(output)}`,
      left: left.map(({ extent }) => extent),
      right: right.map(({ extent }) => extent),
    };
  });
