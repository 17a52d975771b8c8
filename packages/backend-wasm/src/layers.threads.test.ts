/** @file Large layers give the same bits on one, two and three threads. */
import type { TensorData, TensorMap } from '@polyneuron/backend';
import { drawValues, largeLayerCases, layerNames, stack } from '@polyneuron/conformance';
import { planProgram } from '@polyneuron/fusion';
import { einsum, exp, input, type Program, programOf, simplify } from '@polyneuron/graph';
import { type LayerName, randomKeyName } from '@polyneuron/kernels';
import { afterAll, describe, expect, it } from 'vitest';
import { sharesWork } from './compile.js';
import { createWasmBackend } from './wasmBackend.js';

const steps = 2;
const programsOf = (name: LayerName): Program[] => largeLayerCases(name).map(({ program }) => program);

const sharedKernels = (program: Program) => planProgram(simplify(program)).kernels.filter(sharesWork);

/** Inputs of all steps, each step with its own. */
const stackedInputs = (program: Program): TensorMap =>
  stack(
    Array.from({ length: steps }, (_, step) =>
      drawValues(program.inputs, 7 + step, { [randomKeyName]: Int32Array.of(11, step) }),
    ),
  );

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

  it.each(layerNames.filter(isShared))('%s and its derivatives have the same bits', async (name) => {
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
    expect(layerNames.filter(isShared).length).toBeGreaterThan(0.75 * layerNames.length);
    expect(kindsOf('quadDense')).toContain('contraction');
    expect(kindsOf('softmax')).toContain('loop');
  });
});
