/** @file Integers at the ends of their range, and numbers that are not finite, through every op that takes them. */
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
  select,
  sigmoid,
  sign,
  sqrt,
  sub,
  sum,
  tanh,
} from '@polyneuron/graph';
import { tolerances } from '@polyneuron/testing';
import type { ConformanceCase } from './conformanceCase.js';

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
  copy: (a) => mul(a, 1),
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
  square: (a) => pow(a, 2),
  sum: (a) => sum(a),
  reduceMax: (a) => reduceMax(a),
  cumsum: (a) => cumsum(a, 0),
  select: (a, b) => select(less(b, 1), a, b),
  toBool: (a) => cast(a, 'bool'),
};

const { exact, transcendental } = tolerances.float32;

/** Every operation on integers at the ends of their range, exactly. */
export const integerCases = (): ConformanceCase[] =>
  casesOf(ofIntegers, [Int32Array.from(integers), Int32Array.from(others)], 'int32');

/** Every operation on NaN, infinities, zeros of both signs and numbers near the ends of float32. */
export const specialCases = (): ConformanceCase[] =>
  casesOf(ofFloats, [Float32Array.from(specials), Float32Array.from(partners)], 'float32');

const casesOf = (
  operations: Readonly<Record<string, Operation>>,
  [a, b]: readonly [TensorData, TensorData],
  dtype: 'int32' | 'float32',
): ConformanceCase[] =>
  Object.entries(operations).map(([name, build]) => {
    const leaves = ['a', 'b'].map((leaf) => input(leaf, { shape: [a.length], dtype })) as [Node, Node];
    const program = programOf(`${name} of ${dtype}`, { y: build(...leaves) });
    const values = { a, ...('b' in program.inputs && { b }) };
    return {
      title: program.name,
      program,
      inputs: [values],
      tolerance: dtype === 'int32' ? exact : transcendental,
    };
  });
