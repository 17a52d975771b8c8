import { opSamples } from '@polyneuron/backend';
import {
  type DType,
  gradientProgram,
  interpret,
  opNames,
  type Program,
  simplify,
  sizeOf,
} from '@polyneuron/graph';
import { expectClose, type Tolerance, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { simdVariants } from './testing/simdVariants.js';
import { createWasmBackend } from './wasmBackend.js';

const { float32 } = tolerances;
const orders: readonly Tolerance[] = [float32.transcendental, float32.gradient, float32.secondDerivative];

const cotangents = (program: Program) =>
  Object.fromEntries(
    Object.entries(program.inputs)
      .filter(([name]) => name.startsWith('d:'))
      .map(([name, { shape }]) => [
        name,
        Float32Array.from({ length: sizeOf(shape) }, (_, i) => Math.sin(i + name.length)),
      ]),
  );

/** The interpreter's result as the dtype can hold it: beyond the largest float32 lies infinity. */
const roundedTo = (values: Float64Array, dtype: DType): ArrayLike<number> =>
  dtype === 'float32' ? Float32Array.from(values) : values;

describe.each(simdVariants())('wasm, relaxed: %s', (relaxed) => {
  const backend = createWasmBackend({ relaxed });

  it.each(opNames)('computes %s and its derivatives as the interpreter does', async (op) => {
    for (const sample of opSamples[op]) {
      let program = sample.program;
      let inputs = sample.inputs;
      for (const tolerance of orders.slice(0, sample.order + 1)) {
        const state = Object.fromEntries(
          Object.entries(program.state).map(([name, { shape }]) => [name, new Float32Array(sizeOf(shape))]),
        );
        const expected = interpret(simplify(program), { inputs, state }).outputs;
        const executable = await backend.compile(program);
        const actual = await executable.run(inputs);
        expect(Object.keys(actual)).toEqual(Object.keys(expected));
        for (const [name, values] of Object.entries(expected)) {
          try {
            expectClose(actual[name], roundedTo(values, program.outputs[name].dtype), tolerance);
          } catch (error) {
            throw new Error(`${op} ${sample.name} ${name}: ${(error as Error).message}`);
          }
        }
        executable.dispose();
        program = gradientProgram(program);
        if (Object.keys(program.outputs).length === 0) break;
        inputs = { ...inputs, ...cotangents(program) };
      }
    }
  });
});
