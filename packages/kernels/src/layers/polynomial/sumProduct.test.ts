import { constant, gradient, input, interpretNodes, sum } from '@polyneuron/graph';
import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { createParameters } from '../parameters.js';
import { layerFunction } from '../testing/layerFunction.js';
import { runLayer } from '../testing/runLayer.js';
import { logSumExp } from './logSumExp.js';
import { type SumProductConfig, sumProductSpec } from './sumProduct.js';

type Config = Partial<SumProductConfig>;

const logs = (values: readonly number[]) => values.map(Math.log);

/** log-probabilities of two leaves per variable, P(1) = 0.2 and 0.7, for each state; null sums a variable out. */
function leaves(states: readonly (readonly (number | null)[])[]): number[] {
  return states.flatMap((state) =>
    state.flatMap((value) =>
      value === null ? [0, 0] : [0.2, 0.7].map((p) => Math.log(value === 1 ? p : 1 - p)),
    ),
  );
}

/** A network over four variables: pairs, then the pair of pairs, then one mixture. */
function density(states: readonly (readonly (number | null)[])[], seed: number): number[] {
  const layers: readonly (readonly [Config, number[]])[] = [
    [{ units: 3 }, [4, 2]],
    [{ units: 2, combination: 'aligned' }, [2, 3]],
    [{ units: 1, factors: 1 }, [1, 2]],
  ];
  let x = leaves(states);
  for (const [at, [config, shape]] of layers.entries()) {
    const parameters = createParameters(sumProductSpec, config, [shape], seed + at);
    x = runLayer(sumProductSpec, {
      config,
      batch: states.length,
      inputShapes: [shape],
      inputs: [x],
      parameters,
    });
  }
  return x.map(Math.exp);
}

const allStates = Array.from({ length: 16 }, (_, at) => [at & 1, (at >> 1) & 1, (at >> 2) & 1, at >> 3]);

describe('sumProduct', () => {
  it('computes the hand-worked example', () => {
    // Scopes (.5, .25) and (.1, .2): products .05, .1, .025, .05; weights 1/2, 1/4, 1/8, 1/8
    const parameters = { logits: logs([4, 2, 1, 1]) };
    const y = runLayer(sumProductSpec, {
      config: { units: 1 },
      inputShapes: [[2, 2]],
      inputs: [logs([0.5, 0.25, 0.1, 0.2])],
      parameters,
    });
    expectClose(y, logs([0.025 + 0.025 + 0.003125 + 0.00625]), tolerances.float64.transcendental);
  });

  it('takes only equal nodes together when aligned', () => {
    // .5 · .1 and .25 · .2, weights 1/2 each
    const y = runLayer(sumProductSpec, {
      config: { units: 1, combination: 'aligned' },
      inputShapes: [[2, 2]],
      inputs: [logs([0.5, 0.25, 0.1, 0.2])],
      parameters: { logits: [0, 0] },
    });
    expectClose(y, logs([0.05]), tolerances.float64.transcendental);
  });

  it.each([1, 2, 3])('makes a distribution of normalized leaves: 16 states sum to 1 (seed %d)', (seed) => {
    const total = density(allStates, seed).reduce((all, p) => all + p, 0);
    expectClose(total, 1, tolerances.float32.transcendental);
  });

  it('sums a variable out when its leaves are log 1', () => {
    const marginal = density([[1, null, 0, null]], 4);
    const matching = allStates.filter(([a, , c]) => a === 1 && c === 0);
    const expected = density(matching, 4).reduce((all, p) => all + p, 0);
    expectClose(marginal, [expected], tolerances.float64.transcendental);
    expectClose(density([[null, null, null, null]], 4), [1], tolerances.float32.transcendental);
  });

  it('adds what is added to a scope', () => {
    const logits = testRandom(1).normals(8);
    const x = Array.from(testRandom(2).normals(4));
    const at = (inputs: number[]) =>
      runLayer(sumProductSpec, {
        config: { units: 2 },
        inputShapes: [[2, 2]],
        inputs: [inputs],
        parameters: { logits },
      });
    const shifted = at(x.map((value, index) => (index < 2 ? value - 1000 : value)));
    expectClose(
      shifted,
      at(x).map((value) => value - 1000),
      tolerances.float64.transcendental,
    );
  });

  it('stays finite, with finite derivatives, for log-probabilities to -1e30', () => {
    const f = layerFunction(sumProductSpec, { units: 2 }, { batch: 1, inputShapes: [[2, 2]] });
    for (const lowest of [-1e3, -1e6, -1e30]) {
      const vector = Float64Array.from([0, lowest, lowest, lowest / 2, ...testRandom(1).normals(8)]);
      expect(Array.from(f.output(vector)).every(Number.isFinite)).toBe(true);
      expect(Array.from(f.gradient(vector)).every(Number.isFinite)).toBe(true);
    }
  });

  it('passes probability 0 on, and has no NaN in its derivatives', () => {
    const f = layerFunction(sumProductSpec, { units: 1 }, { batch: 1, inputShapes: [[2, 2]] });
    const impossible = Number.NEGATIVE_INFINITY;
    const some = Float64Array.from([0, impossible, 0, 0, 0, 0, 0, 0]);
    expectClose(f.output(some), [Math.log(0.5)], tolerances.float64.transcendental);
    expect(Array.from(f.gradient(some)).every(Number.isFinite)).toBe(true);
    const none = Float64Array.from([impossible, impossible, 0, 0, 0, 0, 0, 0]);
    expect(Array.from(f.output(none))).toEqual([impossible]);
    expect(Array.from(f.gradient(none)).every(Number.isFinite)).toBe(true);
  });

  it('defect: libspn logmatmul underflows when the largest product has the least weight', () => {
    const logits = [0, 2000];
    const x = [0, -2000];
    // Its form: the maxima of products and of log weights, and the logarithm of a product of matrices
    const [largest, heaviest] = [Math.max(...x), -Math.log1p(Math.exp(-2000))];
    const inner = x.reduce(
      (total, value, at) => total + Math.exp(value - largest) * Math.exp(logits[at] - 2000),
      0,
    );
    expect(Math.log(inner) + largest + heaviest).toBe(Number.NEGATIVE_INFINITY);
    const y = runLayer(sumProductSpec, {
      config: { units: 1, factors: 1 },
      inputShapes: [[1, 2]],
      inputs: [x],
      parameters: { logits },
    });
    expectClose(y, [-2000 + Math.LN2], tolerances.float64.transcendental);
  });

  it('defect: libspn accumulators in linear space become NaN once a step makes one negative', () => {
    expect(Math.log(0.1 - 0.2)).toBeNaN();
    const logits = [-1e4, 0, 1e4, -3];
    const y = runLayer(sumProductSpec, {
      config: { units: 1 },
      inputShapes: [[2, 2]],
      inputs: [logs([0.5, 0.25, 0.1, 0.2])],
      parameters: { logits },
    });
    expectClose(y, logs([0.025]), tolerances.float64.transcendental);
  });

  it('defect: libspn begins with equal accumulators, which keep the sums of a scope alike', () => {
    const f = layerFunction(sumProductSpec, { units: 2 }, { batch: 1, inputShapes: [[2, 2]] });
    const slopes = (logits: ArrayLike<number>) =>
      f.gradient(Float64Array.from([-1, -2, -3, -1, ...Array.from(logits)])).slice(4);
    const ratio = (values: Float64Array) => values[0] / values[1];
    // Equal logits: both sums have one direction of descent, up to the cotangents of their outputs
    const alike = slopes(new Array(8).fill(0));
    for (let p = 1; p < 4; p++)
      expectClose(alike[2 * p] / alike[2 * p + 1], ratio(alike), tolerances.float64.gradient);
    const { logits } = createParameters(sumProductSpec, { units: 2 }, [[2, 2]], 1);
    expect(new Set(logits).size).toBe(8);
    const drawn = slopes(logits);
    expect(Math.abs(drawn[2] / drawn[3] / ratio(drawn) - 1)).toBeGreaterThan(0.01);
  });

  it('rejects scopes that do not fit, sizes and words that it does not take', () => {
    const run =
      (config: object, shape = [4, 3]) =>
      () =>
        runLayer(sumProductSpec, { config: { units: 1, ...config }, inputShapes: [shape], inputs: [] });
    expect(run({ units: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: sumProduct expected units to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ factors: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: sumProduct expected factors to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ combination: 'some' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: sumProduct expected combination to be one of 'all', 'aligned', got 'some'.

      Fix: check the spelling of the value]
    `);
    expect(run({}, [3])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: sumProduct expected one input of rank 3 or more, got [batch, 3].

      Fix: reshape the input]
    `);
    expect(run({ factors: 3 })).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: sumProduct expected a number of scopes, the last axis but one, that is a multiple of factors: 3, got 4 in [batch, 4, 3].

      Fix: pad with scopes of log 1 = 0, or pass other factors]
    `);
    expect(run({ factors: 4 }, [4, 100])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: sumProduct expected at most 65536 products of one group, got 100^4 = 100000000.

      Fix: pass fewer factors, or combination: 'aligned']
    `);
  });
});

describe('logSumExp', () => {
  it('neither overflows nor underflows, and its slopes are the softmax', () => {
    const x = input('x', { shape: [2, 3], dtype: 'float32' });
    const values = [1000, 1000, 1000, -1000, -1000 + Math.log(2), -2000];
    const y = logSumExp(x, -1);
    const [result, slopes] = interpretNodes([y, gradient(sum(y), [x])[0]], { inputs: { x: values } });
    expectClose(result, [1000 + Math.log(3), -1000 + Math.log(3)], tolerances.float64.transcendental);
    expectClose(slopes, [1 / 3, 1 / 3, 1 / 3, 1 / 3, 2 / 3, 0], tolerances.float64.transcendental);
    expect(logSumExp(constant(0, [2, 3, 4]), 1).shape).toEqual([2, 4]);
  });
});
