import {
  constant,
  type DType,
  gradient,
  input,
  interpretNodes,
  mul,
  type Node,
  sum,
} from '@polyneuron/graph';
import { checkGradient, expectClose, testRandom, tolerances, vectors } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { loss, losses } from './losses.js';
import type { LossSpec } from './lossSpec.js';
import { huber } from './regression.js';

interface Golden {
  readonly name: string;
  readonly source: string;
  readonly targetShape: readonly number[];
  readonly shape: readonly number[];
  readonly t: readonly number[];
  readonly p: readonly number[];
  readonly y: readonly number[];
  readonly dy: readonly number[];
  readonly dp: readonly number[];
}

const all: readonly LossSpec[] = Object.values(losses);
const goldens = vectors<Golden>('losses');
const node = (name: string, shape: readonly number[], dtype: DType = 'float32') =>
  input(name, { shape, dtype });

/** Values per sample, and the gradient of Σ dy y. */
function run(
  record: LossSpec,
  { targetShape, shape, t, p, dy }: Pick<Golden, 'targetShape' | 'shape' | 't' | 'p' | 'dy'>,
  dtype?: DType,
) {
  const yPred = node('p', shape);
  const y = record.perSample(node('t', targetShape, dtype), yPred);
  const [dp] = gradient(y, [yPred], constant(dy, [shape[0]]));
  const [values, slope] = interpretNodes([y, dp], { inputs: { t, p } });
  return { values, slope };
}

const oneSample = (name: string, t: number[], p: number[], targetShape = [1, t.length]) =>
  run(loss(name), { targetShape, shape: [1, p.length], t, p, dy: [1] });

describe('losses', () => {
  it('are filed under their own names, without double spellings', () => {
    for (const [key, { name }] of Object.entries(losses)) expect(name).toBe(key);
    const spellings = all.flatMap(({ name, aliases }) => [name, ...aliases]);
    expect(new Set(spellings).size).toBe(spellings.length);
  });

  it('include every loss of tfjs-layers 4.22', () => {
    const tfjs = [
      'meanSquaredError',
      'meanAbsoluteError',
      'meanAbsolutePercentageError',
      'meanSquaredLogarithmicError',
      'squaredHinge',
      'hinge',
      'categoricalHinge',
      'logcosh',
      'categoricalCrossentropy',
      'sparseCategoricalCrossentropy',
      'binaryCrossentropy',
      'kullbackLeiblerDivergence',
      'poisson',
      'cosineProximity',
    ];
    for (const name of tfjs) expect(loss(name).name).toBe(name);
  });

  it('all have a golden case', () => {
    expect([...new Set(goldens.map(({ name }) => name))].sort()).toEqual(all.map(({ name }) => name).sort());
  });

  it.each(goldens)('$name matches $source $shape', (golden) => {
    const { values, slope } = run(loss(golden.name), golden);
    expectClose(values, golden.y, tolerances.float64.gradient);
    expectClose(slope, golden.dp, tolerances.float64.gradient);
  });

  it.each(all)('$name passes checkGradient to order 2', (record) => {
    const [batch, width] = [4, 3];
    // Positive everywhere and away from every kink: valid as probabilities, rates, margins and logits alike.
    const p = testRandom(5).uniforms(batch * width, 0.2, 0.9);
    const isSparse = record.targets === 'classIndices';
    const t = isSparse ? [0, 2, 1, 2] : testRandom(6).uniforms(batch * width, 0.05, 0.15);
    const yTrue = constant(t, isSparse ? [batch] : [batch, width]);
    const yPred = node('p', [batch, width]);
    const total = sum(mul(record.perSample(yTrue, yPred), constant([0.5, 1, 1.5, 2], [batch])));
    const [dp] = gradient(total, [yPred]);
    const at = (root: Node, x: Float64Array) => interpretNodes([root], { inputs: { p: x } })[0];
    checkGradient({
      x: p,
      f: (x) => at(total, x)[0],
      gradient: (x) => at(dp, x),
      hessianProduct: (x, v) => at(gradient(sum(mul(dp, constant(v, [batch, width]))), [yPred])[0], x),
    });
  });

  it.each(all)('$name passes NaN', (record) => {
    const isSparse = record.targets === 'classIndices';
    const golden = {
      targetShape: isSparse ? [1] : [1, 2],
      shape: [1, 2],
      t: isSparse ? [1] : [1, 0],
      p: [Number.NaN, Number.NaN],
      dy: [1],
    };
    expectClose(run(record, golden).values, [Number.NaN], tolerances.float64.exact);
  });
});

describe('cross-entropies', () => {
  it('clip a probability of 0 at 1e-7, with slope 0 beyond', () => {
    const { values, slope } = oneSample('binaryCrossentropy', [1], [0]);
    expectClose(values, [-Math.log(1e-7)], tolerances.float64.transcendental);
    expectClose(slope, [0], tolerances.float64.exact);
  });

  it('are exact where probabilities are clipped, from logits', () => {
    expectClose(
      oneSample('binaryCrossentropyFromLogits', [1], [-1000]).values,
      [1000],
      tolerances.float64.exact,
    );
    expectClose(
      oneSample('categoricalCrossentropyFromLogits', [0, 1], [1000, 0]).values,
      [1000],
      tolerances.float64.exact,
    );
  });

  it('take class indices as int32 or float32, [B] or [B, 1], and round them down as tfjs does', () => {
    const p = [0.2, 0.3, 0.5];
    const record = loss('sparseCategoricalCrossentropy');
    const golden = { targetShape: [1], shape: [1, 3], t: [2], p, dy: [1] };
    const expected = [-Math.log(0.5)];
    expectClose(run(record, golden, 'int32').values, expected, tolerances.float64.transcendental);
    expectClose(
      run(record, { ...golden, targetShape: [1, 1], t: [2.9] }).values,
      expected,
      tolerances.float64.transcendental,
    );
  });

  it('normalise rows first', () => {
    expectClose(
      oneSample('categoricalCrossentropy', [1, 0], [1, 3]).values,
      [Math.log(4)],
      tolerances.float64.transcendental,
    );
  });
});

describe('huber', () => {
  it('is quadratic within delta and linear beyond', () => {
    const values = (delta: number) =>
      run(huber(delta), { targetShape: [2, 1], shape: [2, 1], t: [0, 0], p: [1, -6], dy: [1, 1] }).values;
    expectClose(values(2), [0.5, 2 * (6 - 1)], tolerances.float64.exact);
    expectClose(values(0.5), [0.5 * 0.75, 0.5 * 5.75], tolerances.float64.exact);
  });

  it('has second derivative 1 at 0', () => {
    const p = node('p', [1, 1]);
    const [slope] = gradient(sum(huber().perSample(constant(0, [1, 1]), p)), [p]);
    const [curvature] = interpretNodes(gradient(sum(slope), [p]), { inputs: { p: [0] } });
    expectClose(curvature, [1], tolerances.float64.exact);
  });
});

describe('targets', () => {
  it('of shape [B] stand for [B, 1], and int32 for float32', () => {
    const golden = { targetShape: [2], shape: [2, 1], t: [1, 2], p: [1, 4], dy: [1, 1] };
    expectClose(run(loss('mse'), golden, 'int32').values, [0, 4], tolerances.float64.exact);
    expectClose(
      run(loss('mse'), { ...golden, targetShape: [2, 1], shape: [2] }).values,
      [0, 4],
      tolerances.float64.exact,
    );
  });

  it('work for a batch of one and for an empty one', () => {
    expectClose(oneSample('mse', [1, 2], [1, 4]).values, [2], tolerances.float64.exact);
    expect(loss('mse').perSample(node('t', [0, 3]), node('p', [0, 3])).shape).toEqual([0]);
  });

  it('are never stretched', () => {
    expect(() =>
      loss('mse').perSample(node('t', [4, 1]), node('p', [4, 3])),
    ).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: meanSquaredError expected targets of the shape of the predictions, batch axis first, got float32[4,1].

        yTrue   float32[4,1]
        yPred   float32[4,3]

      Fix: make the last layer as wide as the targets, or encode the targets to its width]
    `);
    expect(() => loss('mse').perSample(node('t', [3]), node('p', [4, 1]))).toThrow('targets of the shape');
    expect(() => loss('mse').perSample(node('t', []), node('p', []))).toThrow('batch axis first');
  });

  it('of classes are one index a row', () => {
    expect(() =>
      loss('sparseCategoricalCrossentropy').perSample(node('t', [4, 3]), node('p', [4, 3])),
    ).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: sparseCategoricalCrossentropy expected one class index for each row of the predictions, got float32[4,3].

        yTrue   float32[4,3]
        yPred   float32[4,3]

      Fix: pass indices of shape [B] or [B, 1], or use the categorical variant with one-hot targets]
    `);
    expect(() => loss('sparseCategoricalCrossentropy').perSample(node('t', [4]), node('p', [4]))).toThrow(
      'one class index',
    );
  });
});

describe('loss', () => {
  it.each([
    ['mse', 'meanSquaredError'],
    ['MSE', 'meanSquaredError'],
    ['mean_squared_error', 'meanSquaredError'],
    ['binary_crossentropy', 'binaryCrossentropy'],
    ['cosine', 'cosineProximity'],
    ['KLD', 'kullbackLeiblerDivergence'],
  ])('finds %s', (alias, name) => expect(loss(alias).name).toBe(name));

  it('lists what it knows when it does not', () => {
    expect(() => loss('meansquare')).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: loss expected one of meanSquaredError, meanAbsoluteError, meanAbsolutePercentageError, meanSquaredLogarithmicError, huber, logcosh, poisson, binaryCrossentropy, binaryCrossentropyFromLogits, categoricalCrossentropy, categoricalCrossentropyFromLogits, sparseCategoricalCrossentropy, sparseCategoricalCrossentropyFromLogits, hinge, squaredHinge, categoricalHinge, kullbackLeiblerDivergence, cosineProximity, got 'meansquare'.

      Fix: check the spelling, or pass one of the names above]
    `);
  });
});
