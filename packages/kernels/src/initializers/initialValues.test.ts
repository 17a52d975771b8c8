import { createHash } from 'node:crypto';
import { expectClose, tolerances, vectors } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { type FanAxes, fansOf } from './fans.js';
import { type InitializerConfig, initializer, initializers } from './initializer.js';
import { initialValues } from './initialValues.js';
import { normalQuantile } from './normalQuantile.js';

type Golden =
  | { readonly name: 'normalQuantile'; readonly p: readonly number[]; readonly z: readonly number[] }
  | {
      readonly name: 'fans';
      readonly shape: readonly number[];
      readonly axes?: FanAxes;
      readonly fans: readonly [number, number];
    }
  | { readonly name: 'truncatedDeviation'; readonly value: number };

const goldens = vectors<Golden>('initializers');
const names = Object.keys(initializers);

/** Mean and variance of values about 0. */
function moments(values: Float32Array) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + value * value, 0) / values.length;
  return { mean, variance };
}

/**
 * Four standard errors of a sample of `count`: of the mean σ/√n; of the variance σ² √((κ-1)/n), where the kurtosis κ
 * is 3 for the normal law, about 2.1 for the truncated one and 1.8 for the uniform.
 */
function expectMoments(values: Float32Array, variance: number, kurtosis: number): void {
  const found = moments(values);
  expect(Math.abs(found.mean)).toBeLessThan(4 * Math.sqrt(variance / values.length));
  expect(Math.abs(found.variance / variance - 1)).toBeLessThan(4 * Math.sqrt((kurtosis - 1) / values.length));
}

const kurtosis = { uniform: 1.8, truncatedNormal: 2.1, normal: 3 } as const;

describe('initialValues', () => {
  it.each([
    ['glorotUniform', 2 / (200 + 100), kurtosis.uniform],
    ['glorotNormal', 2 / (200 + 100), kurtosis.truncatedNormal],
    ['heUniform', 2 / 200, kurtosis.uniform],
    ['heNormal', 2 / 200, kurtosis.truncatedNormal],
    ['lecunUniform', 1 / 200, kurtosis.uniform],
    ['lecunNormal', 1 / 200, kurtosis.truncatedNormal],
    ['varianceScaling', 1 / 200, kurtosis.truncatedNormal],
    ['randomNormal', 0.05 ** 2, kurtosis.normal],
    ['randomUniform', 0.1 ** 2 / 12, kurtosis.uniform],
    // Not corrected: the variance that is left after the cut.
    ['truncatedNormal', (0.05 * 0.8796256610342398) ** 2, kurtosis.truncatedNormal],
  ])('%s has its variance on [200, 100]', (law, variance, k) => {
    expectMoments(initialValues({ shape: [200, 100], initializer: law }, 1, 'dense/kernel'), variance, k);
  });

  it('counts fans within a slice: glorotNormal on [4, 100, 10] has sd 0.135 in each slice', () => {
    const weight = { shape: [4, 100, 10], initializer: 'glorotNormal', fanAxes: { in: [1], out: [2] } };
    const values = initialValues(weight, 2, 'quadDense/kernel');
    expect(Math.sqrt(2 / 110)).toBeCloseTo(0.135, 3);
    for (let slice = 0; slice < 4; slice++)
      expectMoments(values.subarray(slice * 1000, (slice + 1) * 1000), 2 / 110, kurtosis.truncatedNormal);
  });

  it('reads a rank-3 kernel without fan axes as a convolution: sd 0.067 on [4, 100, 10]', () => {
    expectMoments(
      initialValues({ shape: [4, 100, 10], initializer: 'glorotNormal' }, 2, 'conv/kernel'),
      2 / (400 + 40),
      kurtosis.truncatedNormal,
    );
  });

  it('cuts truncated normals at two deviations of the law before the cut', () => {
    const values = initialValues(
      { shape: [10_000], initializer: { kind: 'truncatedNormal', mean: 1, stddev: 0.5 } },
      3,
      'w',
    );
    expect(Math.max(...values)).toBeLessThanOrEqual(2);
    expect(Math.max(...values)).toBeGreaterThan(1.95);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
  });

  it('gives every weight its own values from one seed, whatever the order', () => {
    const weight = { shape: [20, 20], initializer: 'glorotUniform' };
    const [r, g, b] = ['r', 'g', 'b'].map((name) => initialValues(weight, 7, `quadDense/${name}`));
    expect(r).not.toEqual(g);
    expect(g).not.toEqual(b);
    const correlation =
      r.reduce((sum, value, at) => sum + value * g[at], 0) /
      Math.sqrt(moments(r).variance * moments(g).variance) /
      r.length;
    // Four standard errors of the correlation of 400 independent pairs.
    expect(Math.abs(correlation)).toBeLessThan(4 / Math.sqrt(400));
    expect(initialValues(weight, 7, 'quadDense/r')).toEqual(r);
    expect(initialValues(weight, 8, 'quadDense/r')).not.toEqual(r);
  });

  it.each([
    ['glorotUniform', '5797e9cc2b0ab2ca'],
    ['heNormal', '1025cd45d0e4794d'],
    ['randomNormal', '30d289193bfa69fc'],
    ['orthogonal', '8684bd4b16e87e75'],
  ])('%s has the pinned bytes, on every platform', (law, expected) => {
    const values = initialValues({ shape: [16, 8], initializer: law }, 42, 'dense_1/kernel');
    // Little-endian bytes, by hand, so that the platform has no say.
    const bytes = new DataView(new ArrayBuffer(values.length * 4));
    values.forEach((value, at) => {
      bytes.setFloat32(at * 4, value, true);
    });
    const digest = createHash('sha256').update(new Uint8Array(bytes.buffer)).digest('hex');
    expect(digest.slice(0, 16)).toBe(expected);
  });

  it.each(names)('%s fills any shape it takes, empty ones too', (name) => {
    expect(initialValues({ shape: [3, 5], initializer: name }, 1, 'w').every(Number.isFinite)).toBe(true);
    expect(initialValues({ shape: [0, 5], initializer: name }, 1, 'w')).toHaveLength(0);
  });

  it('takes scalars and vectors', () => {
    expect(initialValues({ shape: [], initializer: { kind: 'constant', value: 2 } }, 1, 'w')).toEqual(
      Float32Array.of(2),
    );
    expect(initialValues({ shape: [2], initializer: 'ones' }, 1, 'w')).toEqual(Float32Array.of(1, 1));
  });

  it.each([-1, 0.5, 2 ** 32, Number.NaN])('rejects the seed %d', (seed) => {
    expect(() => initialValues({ shape: [1], initializer: 'zeros' }, seed, 'w')).toThrow(
      'a seed that is a whole number',
    );
  });

  it('says what a seed may be, and which weights are matrices', () => {
    expect(() =>
      initialValues({ shape: [1], initializer: 'zeros' }, -1, 'w'),
    ).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: initialValues expected a seed that is a whole number from 0 to 4294967295, got -1.

      Fix: reduce it with seed >>> 0]
    `);
    expect(() =>
      initialValues({ shape: [5], initializer: 'orthogonal' }, 1, 'w'),
    ).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: initializer orthogonal expected a weight with rows and columns, got [5].

      Fix: use another initializer for vectors and scalars]
    `);
  });
});

describe('orthogonal', () => {
  /** Largest deviation of the Gram matrix of the shorter side from gain² times the identity. */
  function defect(
    at: (row: number, column: number) => number,
    rows: number,
    columns: number,
    gain: number,
  ): number {
    const [short, long] = [Math.min(rows, columns), Math.max(rows, columns)];
    const entry = (vector: number, along: number) => (rows < columns ? at(vector, along) : at(along, vector));
    let worst = 0;
    for (let i = 0; i < short; i++) {
      for (let j = 0; j < short; j++) {
        let product = 0;
        for (let along = 0; along < long; along++) product += entry(i, along) * entry(j, along);
        worst = Math.max(worst, Math.abs(product - (i === j ? gain ** 2 : 0)));
      }
    }
    return worst;
  }

  // Values are rounded to float32: a unit vector moves by at most 2^-24, a product of two by 2^-23, times gain².
  const bound = (gain: number) => 2 ** -22 * gain ** 2;

  it.each([
    [6, 6],
    [20, 5],
    [5, 20],
    [1, 4],
  ])('has orthonormal rows or columns on [%d, %d]', (rows, columns) => {
    const values = initialValues(
      { shape: [rows, columns], initializer: { kind: 'orthogonal', gain: 3 } },
      5,
      'w',
    );
    expect(defect((row, column) => values[row * columns + column], rows, columns, 3)).toBeLessThan(bound(3));
  });

  it('flattens all axes but the last, as Keras does', () => {
    const values = initialValues({ shape: [3, 3, 2, 4], initializer: 'orthogonal' }, 5, 'w');
    expect(defect((row, column) => values[row * 4 + column], 18, 4, 1)).toBeLessThan(bound(1));
  });

  it('treats slices apart', () => {
    const values = initialValues(
      { shape: [2, 4, 4], initializer: 'orthogonal', fanAxes: { in: [1], out: [2] } },
      5,
      'w',
    );
    for (const slice of [0, 1])
      expect(defect((row, column) => values[slice * 16 + row * 4 + column], 4, 4, 1)).toBeLessThan(bound(1));
    expect(values.slice(0, 16)).not.toEqual(values.slice(16));
  });
});

describe('identity', () => {
  it('is gain on the diagonal of each slice', () => {
    const matrix = initialValues({ shape: [2, 3], initializer: { kind: 'identity', gain: 2 } }, 1, 'w');
    expect(Array.from(matrix)).toEqual([2, 0, 0, 0, 2, 0]);
    const slices = initialValues(
      { shape: [2, 2, 2], initializer: 'identity', fanAxes: { in: [0], out: [1] } },
      1,
      'w',
    );
    expect(Array.from(slices)).toEqual([1, 1, 0, 0, 0, 0, 1, 1]);
  });
});

describe('fansOf', () => {
  it.each(goldens.filter((golden) => golden.name === 'fans'))(
    'of $shape with $axes is $fans, as in Keras',
    ({ shape, axes, fans }) => {
      expect(fansOf(shape, axes)).toEqual({ fanIn: fans[0], fanOut: fans[1] });
    },
  );
});

describe('normalQuantile', () => {
  it.each(goldens.filter((golden) => golden.name === 'normalQuantile'))(
    'matches scipy.special.ndtri',
    ({ p, z }) => {
      expectClose(p.map(normalQuantile), z, tolerances.float64.transcendental);
    },
  );

  it('gives the deviation that the truncation correction divides by', () => {
    // Midpoint rule over the probabilities between Φ(-2) and Φ(2): error of order 1/n².
    const n = 20_000;
    const [low, width] = [0.022750131948179195, 0.9544997361036416];
    let variance = 0;
    for (let at = 0; at < n; at++) variance += normalQuantile(low + (width * (at + 0.5)) / n) ** 2 / n;
    const golden = goldens.find(({ name }) => name === 'truncatedDeviation');
    expectClose(Math.sqrt(variance), golden?.name === 'truncatedDeviation' ? golden.value : Number.NaN, {
      rtol: 1e-7,
      atol: 0,
    });
  });
});

describe('initializer', () => {
  it.each([
    ['GlorotUniform', 'glorotUniform'],
    ['glorot_uniform', 'glorotUniform'],
    ['leCunNormal', 'lecunNormal'],
    ['RandomNormal', 'randomNormal'],
  ] as const)('reads %s', (spelling, name) => expect(initializer(spelling)).toBe(initializers[name]));

  it('spaces a linspace evenly along the last axis, the same in every row', () => {
    const law: InitializerConfig = { kind: 'linspace', start: -1, stop: 1 };
    expect([...initialValues({ shape: [2, 5], initializer: law }, 1, 'grid')]).toEqual([
      -1, -0.5, 0, 0.5, 1, -1, -0.5, 0, 0.5, 1,
    ]);
    expect([...initialValues({ shape: [1], initializer: law }, 1, 'grid')]).toEqual([-1]);
    expect([...initialValues({ shape: [], initializer: law }, 1, 'grid')]).toEqual([-1]);
  });

  it('stacks laws along an axis, each a weight without it', () => {
    const constants: InitializerConfig = {
      kind: 'stacked',
      axis: -1,
      laws: [1, 2, 3].map((value) => ({ kind: 'constant', value })),
    };
    expect([...initialValues({ shape: [2, 3], initializer: constants }, 1, 'series')]).toEqual([
      1, 2, 3, 1, 2, 3,
    ]);
    // Axis 1 of [2, 2, 2]: rows 1 are ones, rows 0 the identity of what is left
    const identity: InitializerConfig = {
      kind: 'stacked',
      axis: 1,
      laws: [{ kind: 'identity', gain: 5 }, initializers.ones],
    };
    const weight = { shape: [2, 2, 2], initializer: identity, fanAxes: { in: [0], out: [2] } };
    expect([...initialValues(weight, 1, 'series')]).toEqual([5, 0, 1, 1, 0, 5, 1, 1]);
    expect(() =>
      initialValues({ shape: [4], initializer: constants }, 1, 'series'),
    ).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: initializer stacked expected a weight with extent 3 along axis -1, one law for each index, got [4].

      Fix: pass as many laws as the axis has indices]
    `);
    expect(() =>
      initializer({ kind: 'stacked', axis: 0, laws: [{ kind: 'normal', mean: 0, stddev: -1 }] }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: initializer normal expected stddev to be a finite number, not negative, got -1.

      Fix: set stddev]
    `);
  });

  it('gives the laws of a stack draws of their own', () => {
    const normal: InitializerConfig = { kind: 'normal', mean: 0, stddev: 1 };
    const law: InitializerConfig = { kind: 'stacked', axis: 0, laws: [normal, normal] };
    const values = initialValues({ shape: [2, 50], initializer: law }, 1, 'series');
    expect(values.slice(0, 50)).not.toEqual(values.slice(50));
  });

  it('passes laws through', () => {
    const law: InitializerConfig = { kind: 'uniform', min: -1, max: 1 };
    expect(initializer(law)).toBe(law);
  });

  it('rejects names, kinds and numbers that make no law', () => {
    expect(() => initializer('xavier')).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: initializer expected one of zeros, ones, randomUniform, randomNormal, truncatedNormal, varianceScaling, glorotUniform, glorotNormal, heUniform, heNormal, lecunUniform, lecunNormal, identity, orthogonal, got 'xavier'.

      Fix: check the spelling, or pass a law such as { kind: 'constant', value: 0.5 }]
    `);
    expect(() =>
      initializer({ kind: 'xavier' } as unknown as InitializerConfig),
    ).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: initializer expected a kind among zeros, ones, constant, linspace, uniform, normal, truncatedNormal, varianceScaling, identity, orthogonal, stacked, got 'xavier'.

      Fix: check the spelling of the kind]
    `);
    expect(() => initializer({ kind: 'normal', mean: 0, stddev: -1 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: initializer normal expected stddev to be a finite number, not negative, got -1.

      Fix: set stddev]
    `);
    expect(() => initializer({ kind: 'constant', value: Number.NaN })).toThrow(
      'value to be a finite number, got NaN',
    );
    expect(() => initializer({ kind: 'uniform' } as unknown as InitializerConfig)).toThrow(
      'min to be a finite number, got undefined',
    );
  });
});
