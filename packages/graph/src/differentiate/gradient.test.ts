import { describe, expect, it } from 'vitest';
import { constant, input } from '../build/create.js';
import {
  abs,
  add,
  max,
  min,
  mul,
  pow,
  sigmoid,
  sqrt,
  square,
  stopGradient,
  tanh,
} from '../build/elementwise.js';
import { reduceMax, sum } from '../build/reduce.js';
import { interpret, interpretNodes } from '../interpret/interpret.js';
import { print } from '../print.js';
import { programOf } from '../program.js';
import { simplify } from '../simplify/simplify.js';
import type { Node } from '../types.js';
import { verify } from '../verify.js';
import { gradient, gradientProgram } from './gradient.js';

const x = input('x', { shape: [3], dtype: 'float32' });
const at = (node: Node, values: readonly number[]) =>
  Array.from(interpretNodes([node], { inputs: { x: values } })[0]);
const slope = (y: Node) => gradient(sum(y), [x])[0];

describe('gradient', () => {
  it('differentiates a product twice and three times', () => {
    const cube = mul(x, mul(x, x));
    expect(at(slope(cube), [1, 2, 3])).toEqual([3, 12, 27]);
    expect(at(slope(slope(cube)), [1, 2, 3])).toEqual([6, 12, 18]);
    expect(at(slope(slope(slope(cube))), [1, 2, 3])).toEqual([6, 6, 6]);
  });

  it('gets the second derivative of swish that stock tfjs gets wrong', () => {
    // exact 0.461553 at 0.4 (LAYERS.md section 7); tfjs returns 0.480522
    const [second] = at(slope(slope(mul(x, sigmoid(x)))), [0.4, 0, 0]);
    const s = 1 / (1 + Math.exp(-0.4));
    expect(second).toBeCloseTo(s * (1 - s) * (2 + 0.4 * (1 - 2 * s)), 14);
  });

  it('follows the stated conventions where a function is not smooth', () => {
    expect(at(slope(abs(x)), [-1, 0, 1])).toEqual([-1, 0, 1]);
    // relu = max(0, x): the tie belongs to the first operand, so relu'(0) = 0
    expect(at(slope(max(0, x)), [-1, 0, 1])).toEqual([0, 0, 1]);
    expect(at(slope(max(x, 0)), [-1, 0, 1])).toEqual([0, 1, 1]);
    expect(at(slope(min(x, 0)), [-1, 0, 1])).toEqual([1, 1, 0]);
    // ties share equally
    expect(at(slope(reduceMax(x)), [2, 2, 1])).toEqual([0.5, 0.5, 0]);
  });

  it('keeps powers finite at 0', () => {
    expect(at(slope(pow(x, 0)), [0, 1, 2])).toEqual([0, 0, 0]);
    expect(at(slope(pow(x, 2)), [0, 1, -2])).toEqual([0, 2, -4]);
    const exponent = gradient(sum(pow(constant([0, 2, 1], [3]), x)), [x])[0];
    expect(at(exponent, [2, 1, 5])).toEqual([0, 2 * Math.log(2), 0]);
  });

  it('stops where told, and gives zeros where there is no path', () => {
    expect(at(slope(mul(x, stopGradient(x))), [1, 2, 3])).toEqual([1, 2, 3]);
    expect(at(gradient(constant(1), [x])[0], [1, 2, 3])).toEqual([0, 0, 0]);
  });

  it('differentiates with respect to an inner node', () => {
    const inner = square(x);
    expect(at(gradient(sum(mul(inner, 5)), [inner])[0], [1, 2, 3])).toEqual([5, 5, 5]);
  });

  it('takes a cotangent', () => {
    expect(at(gradient(square(x), [x], constant([1, 0, -1], [3]))[0], [1, 2, 3])).toEqual([2, 0, -6]);
  });

  it('survives a chain deeper than the call stack', () => {
    let y: Node = x;
    for (let i = 0; i < 20_000; i++) y = add(y, 1);
    expect(at(slope(y), [0, 0, 0])).toEqual([1, 1, 1]);
  });

  it('rejects what it cannot differentiate', () => {
    expect(() => gradient(x, [x])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: gradient expected a scalar when dy is left out, got float32[3].

      Fix: reduce y to a scalar, or pass dy of its shape]
    `);
    expect(() => gradient(x, [x], constant([1, 2], [2]))).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: gradient expected dy of the shape of y, float32[3], got float32[2].

      Fix: broadcast dy to the shape of y]
    `);
    expect(() => gradient(sum(x), [constant(1, [], 'int32')])).toThrowErrorMatchingInlineSnapshot(`
      [DTypeError: gradient expected float32 nodes, got int32[].

      Fix: integers and booleans have no derivative: cast before use]
    `);
  });
});

describe('gradientProgram', () => {
  const w = input('w', { shape: [3], dtype: 'float32' });
  const program = programOf('toy', { y: tanh(mul(x, w)), z: sum(w) });

  it('is a program of the leaves and one cotangent per output', () => {
    const derivative = verify(gradientProgram(program));
    expect(Object.keys(derivative.inputs)).toEqual(['x', 'w', 'd:y', 'd:z']);
    const { outputs } = interpret(derivative, {
      inputs: { x: [0, 0, 0], w: [1, 2, 3], 'd:y': [1, 1, 1], 'd:z': [10] },
    });
    expect(outputs).toEqual({ 'd:x': Float64Array.of(1, 2, 3), 'd:w': Float64Array.of(10, 10, 10) });
  });

  it('takes a choice of leaves', () => {
    expect(Object.keys(gradientProgram(program, ['w']).outputs)).toEqual(['d:w']);
  });

  it('prints as expected', () => {
    expect(print(simplify(gradientProgram(programOf('root', { y: sqrt(x) }))))).toMatchInlineSnapshot(`
      "program d:root
        input x : float32[3]
        input d:y : float32[3]
        %0 = input d:y : float32[3]
        %1 = constant 0.5 : float32[3]
        %2 = mul %0, %1 : float32[3]
        %3 = input x : float32[3]
        %4 = sqrt %3 : float32[3]
        %5 = div %2, %4 : float32[3]
        output d:x = %5"
    `);
  });
});
