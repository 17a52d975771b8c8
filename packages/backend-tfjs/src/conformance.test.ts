import { type Backend, type OpSample, opSamples, type TensorMap } from '@polyneuron/backend';
import {
  add,
  constant,
  defineProgram,
  einsum,
  gradientProgram,
  mul,
  type OpName,
  opInfo,
  opNames,
  type Program,
  type TensorSpec,
} from '@polyneuron/graph';
import { type Tolerance, testRandom, tolerances } from '@polyneuron/testing';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { backend as activeBackend, memory, ready, setBackend } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTfjsBackend } from './index.js';
import { expectAsInterpreted } from './testing/expectAsInterpreted.js';

const { exact, elementwise, transcendental, contraction, gradient, secondDerivative } = tolerances.float32;

const transcendentals: readonly OpName[] = [
  'exp',
  'expm1',
  'log',
  'log1p',
  'sin',
  'cos',
  'tanh',
  'sigmoid',
  'erf',
  'pow',
];

/** Samples sum at most 72 products. */
function valueTolerance(op: OpName): Tolerance {
  if (transcendentals.includes(op)) return transcendental;
  // Literals are rounded to float32
  if (op === 'constant') return elementwise;
  const { kind } = opInfo[op];
  if (kind === 'contraction' || kind === 'reduction' || op === 'scatterAdd') return contraction(72);
  return kind === 'elementwise' ? elementwise : exact;
}

/** Values for every input of a derivative program: the sample's own, and random cotangents. */
function bind(program: Program, inputs: TensorMap): TensorMap {
  const random = testRandom(7);
  const entries = Object.entries<TensorSpec>(program.inputs).map(([name, { shape }]) => {
    return [
      name,
      inputs[name] ?? Float32Array.from(random.normals(shape.reduce((a, b) => a * b, 1))),
    ] as const;
  });
  return Object.fromEntries(entries);
}

const hasFloatInput = (program: Program) =>
  Object.values(program.inputs).some(({ dtype }) => dtype === 'float32');

async function compareSample(backend: Backend, op: OpName, sample: OpSample): Promise<void> {
  const { name, program, inputs, order } = sample;
  await expectAsInterpreted(backend, program, inputs, valueTolerance(op), `${op}, ${name}`);
  if (order === 0 || !hasFloatInput(program)) return;
  const first = gradientProgram(program);
  await expectAsInterpreted(backend, first, bind(first, inputs), gradient, `gradient of ${op}, ${name}`);
  const second = gradientProgram(first);
  await expectAsInterpreted(
    backend,
    second,
    bind(second, inputs),
    secondDerivative,
    `second derivative of ${op}, ${name}`,
  );
}

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
    for (const sample of opSamples[op]) await compareSample(backend, op, sample);
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
        await expectAsInterpreted(backend, program, bind(program, {}), contraction(81), spec);
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
