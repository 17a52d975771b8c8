/** @file Large layers give the same bits on one, two and three threads. */
import type { TensorData, TensorMap } from '@polyneuron/backend';
import { planProgram } from '@polyneuron/fusion';
import { einsum, exp, input, type Program, programOf, simplify } from '@polyneuron/graph';
import { type LayerName, type LayerSpec, layerProgram, layers, randomKeyName } from '@polyneuron/kernels';
import { afterAll, describe, expect, it } from 'vitest';
import { sharesWork } from './compile.js';
import { drawValues } from './testing/expectAsInterpreted.js';
import { derivativesOf } from './testing/programForms.js';
import { createWasmBackend } from './wasmBackend.js';

const steps = 2;
const table: Readonly<Record<LayerName, LayerSpec>> = layers;
const names = Object.keys(table) as LayerName[];

function programsOf(name: LayerName): Program[] {
  const { config, batch, inputShapes } = table[name].largeSample;
  return derivativesOf(layerProgram(table[name], config, { batch, inputShapes, isTraining: true }), 2);
}

const sharedKernels = (program: Program) => planProgram(simplify(program)).kernels.filter(sharesWork);

/** Inputs of all steps, each step with its own. */
function stackedInputs(program: Program): TensorMap {
  const parts = Array.from({ length: steps }, (_, step) =>
    drawValues(program.inputs, 7 + step, { [randomKeyName]: Int32Array.of(11, step) }),
  );
  const join = (list: readonly TensorData[]): TensorData =>
    list[0] instanceof Int32Array
      ? Int32Array.from(list.flatMap((data) => Array.from(data)))
      : Float32Array.from(list.flatMap((data) => Array.from(data)));
  return Object.fromEntries(
    Object.keys(program.inputs).map((name) => [name, join(parts.map((values) => values[name]))]),
  );
}

const bitsOf = ({ buffer, byteOffset, byteLength }: TensorData) =>
  Buffer.from(buffer, byteOffset, byteLength);

const backends = [1, 2, 3].map((threads) => createWasmBackend({ threads }));
afterAll(() => {
  for (const backend of backends) backend.dispose();
});

/** Outputs of a program on one, two and three threads. */
async function onThreads(program: Program, inputs: TensorMap): Promise<TensorMap[]> {
  const results: TensorMap[] = [];
  for (const backend of backends) {
    const executable = await backend.compile(program, { deterministic: true });
    results.push(await executable.scan(steps, inputs));
    executable.dispose();
  }
  return results;
}

function expectSameBits([alone, ...others]: readonly TensorMap[], title: string): void {
  for (const [output, data] of Object.entries(alone))
    for (const [at, other] of others.entries())
      expect(bitsOf(other[output]).equals(bitsOf(data)), `${title}, ${output}, ${at + 2} threads`).toBe(true);
}

// Threads that wait for each other forever end here, and not at the limit of the whole suite
describe('layers on several threads', { timeout: 30_000 }, () => {
  const isShared = (name: LayerName) => programsOf(name).flatMap(sharedKernels).length > 0;

  it.each(names.filter(isShared))('%s and its derivatives have the same bits', async (name) => {
    const programs = programsOf(name);
    for (const [order, program] of programs.entries())
      expectSameBits(await onThreads(program, stackedInputs(program)), `order ${order}`);
  });

  // Found here: the long loop of a contraction that one thread does alone was shared all the same, and waited for
  // threads that never came
  it('a thin contraction of many rows beside a shared loop ends, with the same bits', async () => {
    const leaf = (name: string, ...shape: number[]) => input(name, { shape, dtype: 'float32' });
    const program = programOf('thin', {
      y: einsum('bi,io->bo', leaf('a', 9001, 2), leaf('b', 2, 3)),
      z: exp(leaf('c', 9001)),
    });
    const { kernels } = planProgram(program);
    expect(kernels.map((kernel) => [kernel.kind, sharesWork(kernel)])).toEqual([
      ['contraction', false],
      ['loop', true],
    ]);
    expectSameBits(await onThreads(program, stackedInputs(program)), 'thin');
  });

  it('share contractions or loops of most large samples', () => {
    const kindsOf = (name: LayerName) =>
      programsOf(name)
        .flatMap(sharedKernels)
        .map(({ kind }) => kind);
    // The others have too little to do, or only kernels that one thread runs
    expect(names.filter(isShared).length).toBeGreaterThan(0.75 * names.length);
    expect(kindsOf('quadDense')).toContain('contraction');
    expect(kindsOf('softmax')).toContain('loop');
  });
});
