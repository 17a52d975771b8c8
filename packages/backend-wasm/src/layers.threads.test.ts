/** @file Large layers give the same bits on one, two and three threads. */
import type { TensorData, TensorMap } from '@polyneuron/backend';
import { planProgram } from '@polyneuron/fusion';
import { type Program, simplify } from '@polyneuron/graph';
import { type LayerName, type LayerSpec, layerProgram, layers, randomKeyName } from '@polyneuron/kernels';
import { afterAll, describe, expect, it } from 'vitest';
import { sharesWork } from './compile.js';
import { drawValues } from './testing/expectAsInterpreted.js';
import { largeLayers } from './testing/largeLayers.js';
import { derivativesOf } from './testing/programForms.js';
import { createWasmBackend } from './wasmBackend.js';

const steps = 2;
const table: Readonly<Record<LayerName, LayerSpec>> = layers;
const names = Object.keys(table) as LayerName[];

function programsOf(name: LayerName): Program[] {
  const { config, batch, inputShapes } = largeLayers[name];
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

describe('layers on several threads', () => {
  const backends = [1, 2, 3].map((threads) => createWasmBackend({ threads }));
  afterAll(() => {
    for (const backend of backends) backend.dispose();
  });

  it.each(names)('%s and its derivatives have the same bits', async (name) => {
    const programs = programsOf(name);
    expect(programs.flatMap(sharedKernels).length).toBeGreaterThan(0);
    for (const [order, program] of programs.entries()) {
      const inputs = stackedInputs(program);
      const results: TensorMap[] = [];
      for (const backend of backends) {
        const executable = await backend.compile(program, { deterministic: true });
        results.push(await executable.scan(steps, inputs));
        executable.dispose();
      }
      const [alone, ...others] = results;
      for (const [output, data] of Object.entries(alone))
        for (const [at, other] of others.entries())
          expect(
            bitsOf(other[output]).equals(bitsOf(data)),
            `order ${order}, ${output}, ${at + 2} threads`,
          ).toBe(true);
    }
  });

  it('share contractions and loops of these layers', () => {
    const kindsOf = (name: LayerName) =>
      programsOf(name)
        .flatMap(sharedKernels)
        .map(({ kind }) => kind);
    const inContractions = names.filter((name) => kindsOf(name).includes('contraction'));
    const inLoops = names.filter((name) => kindsOf(name).includes('loop'));
    expect({ inContractions: inContractions.join(' '), inLoops: inLoops.join(' ') }).toMatchInlineSnapshot();
  });
});
