import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { createParameters } from '../parameters.js';
import { runLayer } from '../testing/runLayer.js';
import { type QuadDenseConfig, quadDenseSpec } from './quadDense.js';
import type { QuadDenseVariant } from './quadVariants.js';

type Parameters = Readonly<Record<string, readonly number[]>>;

/** One unit on x = [1, 2]. */
const examples: { readonly [K in QuadDenseVariant]: readonly [Parameters, number] } = {
  // (1 + 4 + 1)(3 + 2 + 2) + (2 + 4) + 5
  fan: [{ kernelR: [1, 2], kernelG: [3, 1], kernelB: [2, 1], biasR: [1], biasG: [2], biasC: [5] }, 53],
  // (1 + 4 + 1)(3 + 2 + 2)
  product: [{ kernelR: [1, 2], kernelG: [3, 1], biasR: [1], biasG: [2] }, 42],
  // (1 + 4)(3 + 2) + (1 - 2) + 5
  quadralib: [{ kernelR: [1, 2], kernelG: [3, 1], kernelL: [1, -1], biasL: [5] }, 29],
  // (2·1 + 1·4) + (1 - 2) + 5
  square: [{ kernelB: [2, 1], kernelL: [1, -1], biasL: [5] }, 10],
  // 2 (1 + 2)² - 1 (2 - 2)² + (1 - 2) + 5; q_1 = [1, 1], q_2 = [2, -1]
  lowRank: [{ kernelQ: [1, 2, 1, -1], kernelLambda: [2, -1], kernelL: [1, -1], biasL: [5] }, 22],
  // 3·1 + 1·(1·2) - 2·4 + (1 - 2) + 5
  symmetric: [{ kernelS: [3, 1, -2], kernelL: [1, -1], biasL: [5] }, 1],
};

/** Weights of one unit, without biases, that make it XOR on {0, 1}². */
const xor: { readonly [K in Exclude<QuadDenseVariant, 'square'>]: Parameters } = {
  fan: { kernelR: [1, 0], kernelG: [0, -2], kernelB: [1, 1] },
  product: { kernelR: [1, -1], kernelG: [1, -1] },
  quadralib: { kernelR: [1, 0], kernelG: [0, -2], kernelL: [1, 1] },
  lowRank: { kernelQ: [1, -1], kernelLambda: [1], kernelL: [0, 0] },
  symmetric: { kernelS: [1, -2, 1], kernelL: [0, 0] },
};

const corners = [0, 0, 0, 1, 1, 0, 1, 1];

describe('variants of quadDense', () => {
  it.each(Object.entries(examples))('%s computes the hand-worked example', (variant, [parameters, y]) => {
    const config = { units: 1, variant: variant as QuadDenseVariant };
    const run = { config, inputShapes: [[2]], inputs: [[1, 2]], parameters };
    expect(runLayer(quadDenseSpec, run)).toEqual([y]);
  });

  it.each(Object.entries(xor))('%s solves XOR with one unit', (variant, parameters) => {
    const config: Partial<QuadDenseConfig> = {
      units: 1,
      variant: variant as QuadDenseVariant,
      rank: 1,
      useBias: false,
      start: 'random',
    };
    const run = { config, batch: 4, inputShapes: [[2]], inputs: [corners], parameters };
    expect(runLayer(quadDenseSpec, run)).toEqual([0, 1, 1, 0]);
  });

  it('square cannot solve XOR: on {0, 1} a square is its own argument, so a unit is affine', () => {
    const config: Partial<QuadDenseConfig> = { units: 3, variant: 'square', start: 'random' };
    const parameters = createParameters(quadDenseSpec, config, [[2]], 4);
    const run = { config, batch: 4, inputShapes: [[2]], inputs: [corners], parameters };
    const y = runLayer(quadDenseSpec, run);
    const [y00, y01, y10, y11] = [0, 1, 2, 3].map((row) => y.slice(3 * row, 3 * row + 3));
    const sums = (a: number[], b: number[]) => a.map((value, unit) => value + b[unit]);
    expectClose(sums(y00, y11), sums(y01, y10), tolerances.float64.elementwise);
  });

  it.each([
    ['product', (p: Parameters) => outer(p.kernelR, p.kernelG)],
    ['quadralib', (p: Parameters) => outer(p.kernelR, p.kernelG)],
    ['square', (p: Parameters) => diagonal(p.kernelB)],
    ['fan', (p: Parameters) => add(outer(p.kernelR, p.kernelG), diagonal(p.kernelB))],
    ['lowRank', (p: Parameters) => projectors(p.kernelQ, p.kernelLambda)],
  ] as const)('symmetric equals %s when S holds its matrix: A_ii, and A_ij + A_ji', (variant, matrixOf) => {
    const n = 4;
    const config = { units: 1, useBias: false, start: 'random', variant } as const;
    const drawn = createParameters(quadDenseSpec, config, [[n]], 3);
    const parameters = Object.fromEntries(
      Object.entries(drawn).map(([name, values]) => [name, Array.from(values)]),
    );
    const a = matrixOf(parameters);
    const kernelS = a.flatMap((row, i) =>
      row.slice(i).map((value, at) => value + (at > 0 ? a[i + at][i] : 0)),
    );
    const kernelL = parameters.kernelL ?? new Array<number>(n).fill(0);
    const run = { batch: 5, inputShapes: [[n]], inputs: [testRandom(8).normals(5 * n)] };
    const other = {
      ...run,
      config: { ...config, variant: 'symmetric' },
      parameters: { kernelS, kernelL },
    } as const;
    expectClose(
      runLayer(quadDenseSpec, other),
      runLayer(quadDenseSpec, { ...run, config, parameters }),
      tolerances.float64.contraction(n * n),
    );
  });

  it('product is fan without squares', () => {
    const config: Partial<QuadDenseConfig> = { units: 3, variant: 'product', start: 'random' };
    const parameters = createParameters(quadDenseSpec, config, [[4]], 5);
    const run = { batch: 2, inputShapes: [[4]], inputs: [testRandom(1).normals(8)] };
    const nothing = { kernelB: new Array<number>(12).fill(0), biasC: [0, 0, 0] };
    expect(runLayer(quadDenseSpec, { ...run, config, parameters })).toEqual(
      runLayer(quadDenseSpec, { ...run, config: { units: 3 }, parameters: { ...parameters, ...nothing } }),
    );
  });
});

type Matrix = number[][];

const outer = (u: readonly number[], v: readonly number[]): Matrix => u.map((a) => v.map((b) => a * b));
const diagonal = (d: readonly number[]): Matrix => d.map((a, i) => d.map((_, j) => (i === j ? a : 0)));
const add = (a: Matrix, b: Matrix): Matrix => a.map((row, i) => row.map((value, j) => value + b[i][j]));

/** Σ_r λ_r q_r q_rᵀ for Q [n, rank]. */
function projectors(q: readonly number[], lambda: readonly number[]): Matrix {
  const forms = lambda.map((scale, r) => {
    const column = q.filter((_, at) => at % lambda.length === r);
    return outer(column, column).map((row) => row.map((value) => scale * value));
  });
  return forms.reduce(add);
}
