import { opSamples } from '@polyneuron/backend';
import { gradientProgram, type OpName, type Program, sizeOf } from '@polyneuron/graph';
import { type Tolerance, tolerances } from '@polyneuron/testing';
import { type BackendChoice, backendOf, collect, type Findings } from './backends.js';
import { compareRun, compareScan } from './compare.js';

const { float32 } = tolerances;
const orders: readonly Tolerance[] = [float32.transcendental, float32.gradient, float32.secondDerivative];

/** Every sample of an op and its derivatives, by `run` and by `scan`. */
export async function opConformance(choice: BackendChoice, op: OpName): Promise<Findings> {
  return collect(casesOf(choice, op));
}

function* casesOf(choice: BackendChoice, op: OpName) {
  const backend = backendOf(choice);
  for (const sample of opSamples[op]) {
    let { program, inputs } = sample;
    for (const [order, tolerance] of orders.slice(0, sample.order + 1).entries()) {
      const state = Object.fromEntries(
        Object.entries(program.state).map(([name, { shape }]) => [name, new Float32Array(sizeOf(shape))]),
      );
      const comparison = { backend, program, inputs, state, tolerance };
      const title = `${op} ${sample.name}, order ${order}`;
      yield { title, check: () => compareRun(comparison) };
      yield { title: `${title}, scan`, check: () => compareScan(comparison) };
      program = gradientProgram(program);
      if (Object.keys(program.outputs).length === 0) break;
      inputs = { ...inputs, ...cotangents(program) };
    }
  }
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
