/** @file Integers at the ends of their range, numbers that are not finite, and indices out of range, on the host shim. */
import type { TensorData } from '@polyneuron/backend';
import {
  abs,
  add,
  argMax,
  cast,
  cumsum,
  div,
  equal,
  erf,
  exp,
  gather,
  input,
  less,
  log,
  max,
  min,
  mul,
  type Node,
  neg,
  pow,
  programOf,
  reduceMax,
  scatterAdd,
  select,
  sigmoid,
  sign,
  sqrt,
  sub,
  sum,
  tanh,
} from '@polyneuron/graph';
import { tolerances } from '@polyneuron/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { hasShim } from './testing/hostCompiler.js';
import { runOnShim, type ShimRun } from './testing/runOnShim.js';
import { expectAsInterpreted, type ShimCase } from './testing/shimCase.js';

type Operation = (a: Node, b: Node) => Node;

/** Products stay below 2^53, where the interpreter multiplies exactly. */
const integers = [0, 1, -1, 2 ** 24 + 1, -(2 ** 24) - 1, 2 ** 31 - 1, -(2 ** 31), 123456789, -987654321];
const others = [3, -2, 2 ** 24 + 3, 2 ** 28 + 1, -(2 ** 31), 7, -1, 0, -1];

const ofIntegers: Readonly<Record<string, Operation>> = {
  add,
  sub,
  mul,
  div,
  max,
  min,
  neg: (a) => neg(a),
  abs: (a) => abs(a),
  sign: (a) => sign(a),
  less,
  equal,
  select: (a, b) => select(less(a, b), a, b),
  sum: (a) => sum(a),
  reduceMax: (a) => reduceMax(a),
  argMax: (a) => argMax(a),
  cumsum: (a) => cumsum(a, 0),
  toBool: (a) => cast(a, 'bool'),
};

const specials = [Number.NaN, Infinity, -Infinity, 0, -0, 1, -1, 3e38, -3e38, 1.2e-38];
const partners = [1, 0, 2, Number.NaN, Infinity, Number.NaN, -Infinity, 3e38, 3e38, 1];

const ofFloats: Readonly<Record<string, Operation>> = {
  add,
  sub,
  mul,
  div,
  max,
  min,
  pow,
  less,
  equal,
  abs: (a) => abs(a),
  sign: (a) => sign(a),
  exp: (a) => exp(a),
  log: (a) => log(a),
  sqrt: (a) => sqrt(a),
  tanh: (a) => tanh(a),
  erf: (a) => erf(a),
  sigmoid: (a) => sigmoid(a),
  sum: (a) => sum(a),
  reduceMax: (a) => reduceMax(a),
  cumsum: (a) => cumsum(a, 0),
  select: (a, b) => select(less(b, 1), a, b),
  toBool: (a) => cast(a, 'bool'),
};

const { exact, transcendental } = tolerances.float32;

const casesOf = (
  dtype: 'int32' | 'float32',
  operations: Readonly<Record<string, Operation>>,
  values: readonly TensorData[],
): ShimCase[] =>
  Object.entries(operations).map(([name, build]) => {
    const [a, b] = ['a', 'b'].map((leaf) => input(leaf, { shape: [values[0].length], dtype }));
    const program = programOf(`${name} of ${dtype}`, { y: build(a, b) });
    const inputs = Object.fromEntries(
      Object.keys(program.inputs).map((leaf) => [leaf, values[leaf === 'a' ? 0 : 1]]),
    );
    return {
      title: program.name,
      program,
      inputs: [inputs],
      tolerance: dtype === 'int32' ? exact : transcendental,
    };
  });

const compared = [
  ...casesOf('int32', ofIntegers, [Int32Array.from(integers), Int32Array.from(others)]),
  ...casesOf('float32', ofFloats, [Float32Array.from(specials), Float32Array.from(partners)]),
];

/** The interpreter throws for these indices; on a device they have a result. */
const at = Int32Array.of(1, -1, 3, 2 ** 31 - 1, -(2 ** 31), 2);
const outside: ShimCase = (() => {
  const indices = input('at', { shape: [6], dtype: 'int32' });
  const program = programOf('outside', {
    floats: gather(input('table', { shape: [3], dtype: 'float32' }), indices),
    integers: gather(input('whole', { shape: [3], dtype: 'int32' }), indices),
    added: scatterAdd(input('updates', { shape: [6], dtype: 'float32' }), indices, 3),
  });
  const inputs = {
    at,
    table: Float32Array.of(5, 6, 7),
    whole: Int32Array.of(5, 6, 7),
    updates: Float32Array.of(1, 2, 4, 8, 16, 32),
  };
  return { title: 'outside', program, inputs: [inputs], tolerance: exact };
})();

describe.skipIf(!hasShim('extremes through the emitted CUDA'))('emitted CUDA on the host', () => {
  let run: ShimRun;
  beforeAll(async () => {
    run = await runOnShim([...compared, outside]);
  }, 300_000);

  it.each(compared.map(({ title }, place) => ({ title, place })))('computes $title', ({ place }) => {
    expectAsInterpreted(compared[place], run.results[place]);
  });

  it('gives NaN, or the smallest integer, for indices out of range, and adds nothing there', () => {
    const { floats, integers: whole, added } = run.results[compared.length].outputs[0];
    const { NaN: nan } = Number;
    const low = -(2 ** 31);
    expect([...floats]).toEqual([6, nan, nan, nan, nan, 7]);
    expect([...whole]).toEqual([6, low, low, low, low, 7]);
    expect([...added]).toEqual([0, 1, 32]);
  });
});
