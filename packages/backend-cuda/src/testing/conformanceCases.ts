/** @file Programs that a backend must run: every op, layer, activation, loss and optimizer, with their derivatives. */
import { opSamples, type TensorData } from '@polyneuron/backend';
import { gradientProgram, type OpName, type Program, sizeOf } from '@polyneuron/graph';
import { type Tolerance, tolerances } from '@polyneuron/testing';
import type { ShimCase } from './shimCase.js';

const { float32 } = tolerances;
/** By order of derivative. */
export const orders: readonly Tolerance[] = [
  float32.transcendental,
  float32.gradient,
  float32.secondDerivative,
];

/** Every sample of an op, its gradient and the gradient's gradient. */
export function opCases(op: OpName): ShimCase[] {
  return opSamples[op].flatMap((sample) => {
    const cases: ShimCase[] = [];
    let { program } = sample;
    let inputs: Record<string, TensorData> = { ...sample.inputs };
    for (const [order, tolerance] of orders.slice(0, sample.order + 1).entries()) {
      const state = Object.fromEntries(
        Object.entries(program.state).map(([name, { shape }]) => [name, new Float32Array(sizeOf(shape))]),
      );
      const title = `${op} ${sample.name}, order ${order}`;
      cases.push({ title, program, inputs: [inputs], state, tolerance });
      program = gradientProgram(program);
      if (Object.keys(program.outputs).length === 0) break;
      inputs = { ...inputs, ...cotangents(program) };
    }
    return cases;
  });
}

const cotangents = (program: Program) =>
  Object.fromEntries(
    Object.entries(program.inputs)
      .filter(([name]) => name.startsWith('d:'))
      .map(([name, { shape }]) => [
        name,
        Float32Array.from({ length: sizeOf(shape) }, (_, i) => Math.sin(i + name.length)),
      ]),
  );
