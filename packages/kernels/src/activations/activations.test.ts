import { constant, gradient, input, interpretNodes, mul, type Node, sum } from '@polyneuron/graph';
import { checkGradient, expectClose, testRandom, tolerances, vectors } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import type { ActivationSpec } from './activationSpec.js';
import { activation, activations } from './activations.js';

interface Golden {
  readonly name: string;
  readonly source: string;
  readonly shape: readonly number[];
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly dy: readonly number[];
  readonly dx: readonly number[];
}

const all: readonly ActivationSpec[] = Object.values(activations);
const elementwise = all.filter(({ name }) => !name.endsWith('oftmax'));

const variable = (shape: readonly number[]): Node => input('x', { shape, dtype: 'float32' });
const valuesOf = (nodes: readonly Node[], x: ArrayLike<number>) => interpretNodes(nodes, { inputs: { x } });
const apply = (spec: ActivationSpec, x: ArrayLike<number>, shape: readonly number[] = [x.length]) =>
  valuesOf([spec.apply(variable(shape))], x)[0];

/** f(x) = Σ c y(x) with fixed c, its gradient, and its Hessian products, all by the graph. */
function derivatives(spec: ActivationSpec, shape: readonly number[]) {
  const x = variable(shape);
  const weights = constant(
    testRandom(9).uniforms(
      shape.reduce((p, q) => p * q, 1),
      0.5,
      1.5,
    ),
    shape,
  );
  const total = sum(mul(spec.apply(x), weights));
  const [dx] = gradient(total, [x]);
  return {
    f: (at: Float64Array) => valuesOf([total], at)[0][0],
    gradient: (at: Float64Array) => valuesOf([dx], at)[0],
    hessianProduct: (at: Float64Array, v: Float64Array) =>
      valuesOf(gradient(sum(mul(dx, constant(v, shape))), [x]), at)[0],
  };
}

describe('activations', () => {
  it('are filed under their own names', () => {
    for (const [key, { name }] of Object.entries(activations)) expect(name).toBe(key);
    const spellings = all.flatMap(({ name, aliases }) => [name, ...aliases]);
    expect(new Set(spellings).size).toBe(spellings.length);
  });

  it('include every activation of tfjs under its name', () => {
    const tfjs = [
      'elu',
      'hardSigmoid',
      'linear',
      'relu',
      'relu6',
      'selu',
      'sigmoid',
      'softmax',
      'softplus',
      'softsign',
      'tanh',
      'swish',
      'mish',
      'gelu',
      'gelu_new',
      'logSoftmax',
    ];
    for (const name of tfjs) expect(() => activation(name)).not.toThrow();
  });

  it.each(vectors<Golden>('activations'))('$name matches $source', ({ name, shape, x, y, dy, dx }) => {
    const node = variable(shape);
    const result = activation(name).apply(node);
    const [actual, slope] = valuesOf([result, gradient(result, [node], constant(dy, shape))[0]], x);
    expectClose(actual, y, tolerances.float64.transcendental);
    expectClose(slope, dx, tolerances.float64.gradient);
  });

  it('all have a golden case', () => {
    expect(
      vectors<Golden>('activations')
        .map(({ name }) => name)
        .sort(),
    ).toEqual(all.map(({ name }) => name).sort());
  });

  it.each(all)('$name passes checkGradient to order 2 away from kinks', (spec) => {
    const shape = spec.name.endsWith('oftmax') ? [2, 4] : [8];
    const x = [-2.3, -1.1, -0.4, 0.2, 0.7, 1.9, 3.6, -3.4];
    for (const seed of [1, 2, 3]) checkGradient({ ...derivatives(spec, shape), x, seed });
  });

  it.each(elementwise.filter(({ isSmooth }) => isSmooth))(
    '$name has right derivatives at 0 to order 2',
    (spec) => {
      checkGradient({ ...derivatives(spec, [1]), x: [0] });
    },
  );

  it.each(elementwise)('$name passes NaN', (spec) => {
    expectClose(apply(spec, [Number.NaN]), [Number.NaN], tolerances.float64.exact);
  });

  it.each(elementwise.filter(({ name }) => name !== 'exponential'))(
    '$name is finite at ±1e4, and so is its slope',
    (spec) => {
      const { gradient: slope } = derivatives(spec, [2]);
      const x = Float64Array.of(-1e4, 1e4);
      for (const value of [...apply(spec, x), ...slope(x)]) expect(value).toSatisfy(Number.isFinite);
    },
  );

  it.each([
    ['relu', 0, Number.POSITIVE_INFINITY],
    ['relu6', 0, 6],
    ['elu', -1, Number.POSITIVE_INFINITY],
    ['selu', -1.0507009873554805 * 1.6732632423543772, Number.POSITIVE_INFINITY],
    ['softplus', 0, Number.POSITIVE_INFINITY],
    ['logSigmoid', Number.NEGATIVE_INFINITY, 0],
    ['tanh', -1, 1],
    ['sigmoid', 0, 1],
    ['hardSigmoid', 0, 1],
    ['gaussian', 0, 0],
    ['exponential', 0, Number.POSITIVE_INFINITY],
  ])('%s has its limits at -Infinity and Infinity', (name, low, high) => {
    const limits = apply(activation(name), [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
    expectClose(limits, [low, high], tolerances.float64.exact);
  });

  it.each([
    ['relu', 0, 0],
    ['relu6', 0, 0],
    ['relu6', 6, 0],
    ['leakyRelu', 0, 0.2],
    ['squaredRelu', 0, 0],
    ['elu', 0, 1],
    ['selu', 0, 1.0507009873554805 * 1.6732632423543772],
    ['softplus', 0, 0.5],
    ['softsign', 0, 1],
    ['hardSigmoid', -2.5, 0.2],
    ['hardSigmoid', 2.5, 0.2],
    ['hardSwish', -3, 0],
    ['hardSwish', 3, 1],
  ])("%s'(%d) = %d, as documented", (name, at, slope) => {
    const x = variable([1]);
    const [dx] = valuesOf(gradient(sum(activation(name).apply(x)), [x]), [at]);
    expectClose(dx, [slope], tolerances.float64.elementwise);
  });
});

describe('softmax', () => {
  it('sums to 1 in every row and ignores a shift', () => {
    const x = [1, 2, 3, -1, 0, 1000];
    const y = apply(activation('softmax'), x, [2, 3]);
    expectClose([y[0] + y[1] + y[2], y[3] + y[4] + y[5]], [1, 1], tolerances.float64.elementwise);
    const moved = apply(
      activation('softmax'),
      x.map((value) => value + 64),
      [2, 3],
    );
    expectClose(moved, y, tolerances.float64.transcendental);
  });

  it('gives a masked class, -Infinity, exactly 0', () => {
    const y = apply(activation('softmax'), [0, Number.NEGATIVE_INFINITY, 0], [1, 3]);
    expectClose(y, [0.5, 0, 0.5], tolerances.float64.exact);
  });

  it('works on one class and on higher ranks', () => {
    expectClose(apply(activation('softmax'), [5, -7], [2, 1, 1]), [1, 1], tolerances.float64.exact);
    expectClose(apply(activation('logSoftmax'), [5, -7], [2, 1, 1]), [0, 0], tolerances.float64.exact);
  });
});

describe('activation', () => {
  it('finds aliases', () => {
    expect(activation('silu').name).toBe('swish');
    expect(activation('gelu_new').name).toBe('geluTanh');
  });

  it('lists what it knows when it does not', () => {
    expect(() => activation('rellu')).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: activation expected one of linear, relu, relu6, leakyRelu, squaredRelu, elu, selu, celu, softplus, softsign, tanh, sigmoid, logSigmoid, hardSigmoid, swish, hardSwish, gelu, geluTanh, mish, exponential, gaussian, sine, softmax, logSoftmax, got 'rellu'.

      Fix: check the spelling, or pass one of the names above]
    `);
  });
});
