/** @file Integers beyond 2^24, and numbers that are not finite: what textures and shaders must keep. */
import {
  abs,
  add,
  argMax,
  cast,
  defineProgram,
  div,
  equal,
  exp,
  less,
  log,
  max,
  min,
  mul,
  type Node,
  neg,
  pow,
  reduceMax,
  select,
  sigmoid,
  sign,
  sqrt,
  sub,
  sum,
  tanh,
} from '@polyneuron/graph';
import { tolerances } from '@polyneuron/testing';
import { type BackendChoice, backendOf, collect, type Findings } from './backends.js';
import { compareRun, compareScan } from './compare.js';

/** Products stay below 2^53, where the interpreter multiplies exactly. */
const integers = [0, 1, -1, 2 ** 24 + 1, -(2 ** 24) - 1, 2 ** 31 - 1, -(2 ** 31), 123456789, -987654321];
const others = [3, -2, 2 ** 24 + 3, 2 ** 28 + 1, -(2 ** 31), 7, -7, 1, -1];

const integerOps: Readonly<Record<string, (a: Node, b: Node) => Node>> = {
  add,
  sub,
  mul,
  div,
  max,
  min,
  neg,
  abs,
  sign,
  less,
  equal,
  select: (a, b) => select(less(a, b), a, b),
  sum: (a) => sum(a),
  reduceMax: (a) => reduceMax(a),
  argMax: (a) => argMax(a),
  toBool: (a) => cast(a, 'bool'),
};

const specials = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  0,
  -0,
  1,
  -1,
  3e38,
  -3e38,
  1.2e-38,
];
const partners = [1, 0, 2, Number.NaN, Number.POSITIVE_INFINITY, Number.NaN, 0, 3e38, 3e38, 1];

const floatOps: Readonly<Record<string, (a: Node, b: Node) => Node>> = {
  copy: (a) => mul(a, 1),
  add,
  sub,
  mul,
  max,
  min,
  less,
  equal,
  abs,
  sign,
  exp,
  log,
  sqrt,
  tanh,
  sigmoid,
  reduceMax: (a) => reduceMax(a),
  sum: (a) => sum(a),
  square: (a) => pow(a, 2),
  chosen: (a, b) => select(less(b, 1), a, b),
  toInt: (a) => cast(a, 'bool'),
};

/** Every operation on integers at the ends of their range, exactly. */
export async function integerConformance(choice: BackendChoice): Promise<Findings> {
  return collect(casesOf(choice, integerOps, 'int32', Int32Array.from(integers), Int32Array.from(others)));
}

/** Every operation on NaN, infinities, zeros of both signs and numbers near the ends of float32. */
export async function specialConformance(choice: BackendChoice): Promise<Findings> {
  return collect(
    casesOf(choice, floatOps, 'float32', Float32Array.from(specials), Float32Array.from(partners)),
  );
}

function* casesOf(
  choice: BackendChoice,
  ops: Readonly<Record<string, (a: Node, b: Node) => Node>>,
  dtype: 'float32' | 'int32',
  a: Float32Array | Int32Array,
  b: Float32Array | Int32Array,
) {
  const backend = backendOf(choice);
  const spec = { shape: [a.length], dtype };
  const tolerance = dtype === 'int32' ? tolerances.float32.exact : tolerances.float32.transcendental;
  for (const [name, build] of Object.entries(ops)) {
    const program = defineProgram({
      name,
      inputs: { a: spec, b: spec },
      build: ({ inputs }) => ({ outputs: { y: build(inputs.a, inputs.b) } }),
    });
    const comparison = { backend, program, inputs: { a, b }, tolerance };
    yield { title: name, check: () => compareRun(comparison) };
    yield { title: `${name}, scan`, check: () => compareScan(comparison) };
  }
}
