import { scalarOps } from '@polyneuron/graph';
import { ulpDistance } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { Module } from '../assembler/module.js';
import { erf } from './erf.js';
import { exp, expm1 } from './exp.js';
import { sigmoid, tanh } from './hyperbolic.js';
import { log, log1p } from './log.js';
import { pow } from './pow.js';
import { cos, sin } from './trigonometric.js';
import { call, type VectorFunction } from './vectorFunction.js';

/** Runs a vector function over many numbers: y[i] = f(x[i]) or f(x[i], z[i]). */
function runVector(f: VectorFunction, ...columns: Float32Array[]): Float32Array {
  const { arity } = f;
  const count = columns[0].length;
  const bytes = Math.ceil(count / 4) * 16;
  const module = new Module();
  module.function({ exportName: 'run' }, (code) => {
    const at = code.local('i32');
    code.repeat(bytes / 16, () => {
      code.get(at);
      for (let operand = 0; operand < arity; operand++) code.get(at).memory('v128.load', operand * bytes);
      call(code, module, f)
        .memory('v128.store', arity * bytes)
        .advance(at, 16);
    });
  });
  const pages = Math.ceil(((arity + 1) * bytes) / 65536);
  const memory = new WebAssembly.Memory({ initial: pages });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module.encode({ minimum: pages })), {
    env: { memory },
  });
  columns.forEach((column, operand) => new Float32Array(memory.buffer, operand * bytes, count).set(column));
  (instance.exports.run as () => void)();
  return new Float32Array(memory.buffer, arity * bytes, count).slice();
}

/** Numbers of both signs over all exponents in [low, high], and the specials. */
function sweep(low: number, high: number, signs: readonly number[] = [1, -1]): Float32Array {
  const values = [0, -0, 1, -1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN];
  for (let exponent = low; exponent < high; exponent++)
    for (let step = 0; step < 97; step++)
      for (const sign of signs) values.push(sign * 2 ** exponent * (1 + step / 97));
  return Float32Array.from(values);
}

function expectUlps(actual: Float32Array, exact: (at: number) => number, limit: number, floor = 0): void {
  let worst = { at: 0, distance: 0 };
  actual.forEach((value, at) => {
    const expected = Math.fround(exact(at));
    if (Math.abs(expected) < floor && Math.abs(value - expected) <= floor) return;
    const isEqual = Object.is(value, expected) || value === expected;
    const isNaNOnOneSide = Number.isNaN(value) !== Number.isNaN(expected);
    const distance = isEqual
      ? 0
      : isNaNOnOneSide
        ? Number.POSITIVE_INFINITY
        : ulpDistance(value, expected, 'float32');
    if (distance > worst.distance) worst = { at, distance };
  });
  expect({
    distance: worst.distance,
    isWithin: worst.distance <= limit,
    at: worst.at,
    value: actual[worst.at],
  }).toMatchObject({ isWithin: true });
}

describe('vector functions', () => {
  it.each([
    ['exp', exp, 2, sweep(-30, 8), 0],
    ['expm1', expm1, 3, sweep(-30, 8), 0],
    ['log', log, 2, sweep(-149, 128), 0],
    ['log1p', log1p, 4, sweep(-30, 127), 0],
    ['tanh', tanh, 4, sweep(-30, 8), 0],
    ['sigmoid', sigmoid, 4, sweep(-30, 8), 4e-39],
    ['erf', erf, 4, sweep(-30, 8), 0],
    ['sin', sin, 1, sweep(-30, 20).filter((x) => Number.isFinite(x)), 0],
    ['cos', cos, 1, sweep(-30, 20).filter((x) => Number.isFinite(x)), 0],
  ] as const)('%s', (name, f, limit, x, floor) => {
    expectUlps(runVector(f, x), (at) => (scalarOps[name] as (x: number) => number)(x[at]), limit, floor);
  });

  it('pow', () => {
    const bases = sweep(-20, 20);
    const exponents = [0, -0, 1, -1, 2, 3, -3, 0.5, -0.25, 7.75, 11, 100.5, Number.POSITIVE_INFINITY];
    const pairs = exponents.flatMap((exponent) => Array.from(bases, (base) => [base, exponent] as const));
    // JavaScript says NaN for (±1)^±∞ where IEEE says 1; we leave that corner alone
    const tested = pairs.filter(
      ([base, exponent]) => Number.isFinite(exponent) || (Math.abs(base) !== 1 && base > 0),
    );
    const [a, b] = [0, 1].map((column) => Float32Array.from(tested, (pair) => pair[column]));
    expectUlps(runVector(pow, a, b), (at) => a[at] ** b[at], 1);
  });
});
