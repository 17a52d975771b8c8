import { describe, expect, it } from 'vitest';
import { checkGradient, type GradientCheck } from './checkGradient.js';

/** f = Σ sin(x_i) + x_0 x_1, with its derivatives by hand. */
const right: GradientCheck = {
  x: [0.3, -1.2, 2],
  f: (x) => x.reduce((sum, value) => sum + Math.sin(value), 0) + x[0] * x[1],
  gradient: (x) => x.map((value, at) => Math.cos(value) + [x[1], x[0], 0][at]),
  hessianProduct: (x, v) => x.map((value, at) => -Math.sin(value) * v[at] + [v[1], v[0], 0][at]),
};

describe('checkGradient', () => {
  it.each([1, 2, 3, 4, 5])('accepts right derivatives, seed %d', (seed) => checkGradient({ ...right, seed }));

  it.each([0, 1, 2])('rejects a gradient that is off by 1e-5 in component %d', (wrong) => {
    const gradient = (x: Float64Array) =>
      Float64Array.from(right.gradient(x), (value, at) => value + (at === wrong ? 1e-5 : 0));
    expect(() => checkGradient({ ...right, gradient })).toThrow('order 1, seed 1');
  });

  it('rejects a wrong second derivative whose first is right', () => {
    const hessianProduct = (x: Float64Array, v: Float64Array) =>
      x.map((value, at) => -Math.sin(value) * v[at]);
    expect(() => checkGradient({ ...right, hessianProduct })).toThrow('order 2, seed 1');
  });

  it('rejects NaN', () => {
    expect(() => checkGradient({ ...right, gradient: (x) => x.map(() => Number.NaN) })).toThrow('order 1');
  });

  it('rejects a gradient of another length', () => {
    expect(() => checkGradient({ ...right, gradient: () => [1] })).toThrowErrorMatchingInlineSnapshot(
      `[Error: checkGradient, order 1, seed 1: the gradient has 1 elements, x has 3]`,
    );
  });
});
