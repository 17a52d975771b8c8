import type { TensorMap } from '@polyneuron/backend';
import { type OpSample, opSamples } from '@polyneuron/conformance';
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
import { joinedName, joinPrograms } from './testing/joinPrograms.js';
import { runExported } from './testing/runExported.js';

const { float32 } = tolerances;
const orders: readonly Tolerance[] = [float32.transcendental, float32.gradient, float32.secondDerivative];

interface Derived extends Pick<OpSample, 'name' | 'program' | 'inputs'> {
  readonly order: number;
}

const cotangents = (program: Program): TensorMap =>
  Object.fromEntries(
    Object.entries(program.inputs)
      .filter(([name]) => name.startsWith('d:'))
      .map(([name, { shape }]) => [
        name,
        Float32Array.from({ length: sizeOf(shape) }, (_, i) => Math.sin(i + name.length)),
      ]),
  );

/** A sample, its derivative and its second derivative, as far as they are not empty. */
function derivatives({ name, program, inputs, order }: OpSample): Derived[] {
  const all: Derived[] = [{ name, program, inputs, order: 0 }];
  while (all.length <= order) {
    const last = all[all.length - 1];
    const next = gradientProgram(last.program);
    if (Object.keys(next.outputs).length === 0) break;
    const values = { ...last.inputs, ...cotangents(next) };
    all.push({ name, program: next, inputs: values, order: all.length });
  }
  return all;
}

/** The interpreter's result as the dtype can hold it: beyond the largest float32 lies infinity. */
const roundedTo = (values: Float64Array, dtype: DType): ArrayLike<number> =>
  dtype === 'float32' ? Float32Array.from(values) : values;

function expected({ program, inputs }: Derived): Readonly<Record<string, Float64Array>> {
  const state = Object.fromEntries(
    Object.entries(program.state).map(([name, { shape }]) => [name, new Float32Array(sizeOf(shape))]),
  );
  return interpret(simplify(program), { inputs, state }).outputs;
}

describe('exportProgram', () => {
  it.each(opNames)('has %s and its derivatives computed as the interpreter does', async (op) => {
    const samples = opSamples[op].flatMap(derivatives);
    for (const [order, tolerance] of orders.entries()) {
      const group = samples.filter((one) => one.order === order);
      if (group.length === 0) continue;
      const joined = joinPrograms(Object.fromEntries(group.map(({ name, program }) => [name, program])));
      const inputs = group.flatMap(({ name, inputs }) =>
        Object.entries(inputs).map(([key, values]) => [joinedName(name, key), values] as const),
      );
      const actual = await runExported(joined, Object.fromEntries(inputs));
      for (const sample of group)
        for (const [key, values] of Object.entries(expected(sample))) {
          const name = joinedName(sample.name, key);
          try {
            expectClose(actual[name], roundedTo(values, joined.outputs[name].dtype), tolerance);
          } catch (error) {
            throw new Error(`${op}, order ${order}, ${name}: ${(error as Error).message}`);
          }
        }
    }
    expect(samples.length).toBeGreaterThan(0);
  });
});
