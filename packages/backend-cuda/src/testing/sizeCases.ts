/** @file Programs over the sizes where warps, tiles and splits end: products, folds, scans, gathers, a training step. */
import { derivativesOf, derivativeTolerances, drawValues } from '@polyneuron/conformance';
import {
  add,
  argMax,
  cast,
  cumsum,
  defineProgram,
  einsum,
  exp,
  gather,
  gradient,
  input,
  less,
  max,
  mean,
  mul,
  type Node,
  patches,
  programOf,
  random,
  reduceMax,
  type Shape,
  scatterAdd,
  select,
  square,
  sub,
  sum,
  tanh,
  transpose,
} from '@polyneuron/graph';
import { type Tolerance, testRandom, tolerances } from '@polyneuron/testing';
import { type ContractionForm, tiles } from '../emit/contractionForm.js';
import type { ShimCase } from './shimCase.js';

const { float32 } = tolerances;
const leaf = (name: string, ...shape: number[]): Node => input(name, { shape, dtype: 'float32' });

function caseOf(
  title: string,
  outputs: Record<string, Node>,
  tolerance: Tolerance,
  fixed: Parameters<typeof drawValues>[2] = {},
): ShimCase {
  const program = programOf(title, outputs);
  return { title, program, inputs: [drawValues(program.inputs, title.length, fixed)], tolerance };
}

const product = (spec: string, left: Shape, right: Shape, depth: number): ShimCase =>
  caseOf(
    `${spec} ${left.join('x')} ${right.join('x')}`,
    { y: einsum(spec, leaf('a', ...left), leaf('b', ...right)) },
    float32.contraction(depth),
  );

/** Matrices of every form, by rows, columns and depth: folds, each tile, and splits of the depth. */
const matrixSizes = [
  [1, 70, 300],
  [70, 1, 300],
  [1, 1, 9000],
  [12, 12, 8],
  [13, 31, 17],
  [33, 32, 16],
  [32, 65, 40],
  [65, 20, 300],
  [64, 33, 531],
] as const;

/** Forms that only large matrices take, on small ones. */
const forms: readonly (readonly [form: ContractionForm, m: number, n: number, k: number])[] = [
  [{ kind: 'tiles', tile: tiles.large, splits: 1 }, 130, 129, 19],
  [{ kind: 'tiles', tile: tiles.large, splits: 3 }, 20, 140, 50],
  [{ kind: 'tiles', tile: tiles.middle, splits: 1 }, 64, 70, 33],
  [{ kind: 'tiles', tile: tiles.small, splits: 5 }, 33, 20, 70],
];

export const productCases = (): ShimCase[] => [
  ...matrixSizes.flatMap(([m, n, k]) => [product('ij,jk->ik', [m, k], [k, n], k)]),
  ...forms.map(([form, m, n, k]) => ({
    ...product('ij,jk->ik', [m, k], [k, n], k),
    options: { formOf: () => form },
  })),
  product('ji,jk->ik', [90, 40], [90, 50], 90),
  product('ij,kj->ik', [40, 90], [50, 90], 90),
  product('ij,jk->ki', [40, 90], [90, 50], 90),
  product('bij,bjk->bik', [3, 35, 40], [3, 40, 33], 40),
  product('bij,bkj->ibk', [3, 35, 300], [3, 33, 300], 300),
  product('aijb,jkb->kai', [5, 16, 9, 8], [9, 40, 8], 72),
  product('bihd,bjhd->bhij', [2, 17, 3, 16], [2, 19, 3, 16], 16),
  product('bi,bio->bo', [40, 50], [40, 50, 13], 50),
  product('bi,bj->bij', [20, 30], [20, 40], 1),
  ...convolutions(),
  epilogues(),
];

function convolutions(): ShimCase[] {
  const x = leaf('x', 3, 9, 8, 5);
  const w = leaf('w', 3, 2, 5, 14);
  const padding = [
    [1, 1],
    [0, 1],
  ] as const;
  const y = einsum('bpqijc,ijcf->bpqf', patches(x, [3, 2], { padding, strides: [2, 1] }), w);
  return derivativesOf(programOf('convolution', { y }), 2).map((program, order) => ({
    title: `convolution, order ${order}`,
    program,
    inputs: [drawValues(program.inputs, 5)],
    tolerance: [float32.contraction(30), ...derivativeTolerances.slice(1)][order],
  }));
}

/** A bias, an activation, a product of two contractions and a sum of them: stores with different strides. */
function epilogues(): ShimCase {
  const x = leaf('x', 40, 30);
  const a = add(einsum('bi,io->bo', x, leaf('u', 30, 50)), leaf('bias', 1, 50));
  const b = einsum('bi,io->bo', x, leaf('v', 30, 50));
  const y = mul(tanh(a), b);
  return caseOf('epilogues', { y, total: sum(y, [0]), turned: transpose(y) }, float32.gradient);
}

/** Extents of a matrix that is folded along either axis, or both. */
const foldSizes = [
  [1, 20],
  [20, 1],
  [3, 40],
  [40, 3],
  [7, 100],
  [100, 7],
  [5, 1000],
  [1000, 5],
  [2, 20_000],
  [20_000, 2],
  [40, 33],
  [300, 70],
] as const;

export const foldCases = (): ShimCase[] =>
  foldSizes.flatMap(([rows, columns]) => {
    const x = leaf('x', rows, columns);
    const k = cast(mul(x, 1000), 'int32');
    return [[0], [1], [0, 1]].map((axes) =>
      caseOf(
        `fold of ${rows}x${columns} over ${axes}`,
        {
          total: sum(x, axes),
          largest: reduceMax(x, axes),
          whole: sum(k, axes),
          highest: reduceMax(k, axes),
          mapped: exp(mul(x, -0.5)),
          ...(axes.length === 1 && { place: argMax(x, axes[0]), running: cumsum(x, axes[0]) }),
        },
        float32.contraction(axes.reduce((terms, axis) => terms * [rows, columns][axis], 1)),
      ),
    );
  });

/** Scans and places along lines longer than a warp, gathers and scatters of many rows. */
export const moveCases = (): ShimCase[] => {
  const picked = Int32Array.from({ length: 100 }, (_, i) => (i * 37) % 23);
  const at = () => input('at', { shape: [100], dtype: 'int32' });
  const flags = [false, true];
  return [
    ...flags.flatMap((exclusive) =>
      flags.map((reverse) => {
        const x = leaf('x', 3, 150);
        const k = cast(mul(x, 1000), 'int32');
        return caseOf(
          `scan, exclusive ${exclusive}, reverse ${reverse}`,
          {
            float: cumsum(x, 1, { exclusive, reverse }),
            int: cumsum(k, 1, { exclusive, reverse }),
            short: cumsum(x, 0, { exclusive, reverse }),
          },
          float32.contraction(150),
        );
      }),
    ),
    caseOf(
      'places',
      {
        float: argMax(leaf('x', 4, 200), 1),
        int: argMax(cast(mul(leaf('x', 4, 200), 10), 'int32'), 1),
        bad: argMax(leaf('y', 5, 70), 1),
      },
      float32.exact,
      // NaN first, NaN later, only -∞ and NaN, a tie across the warp, a tie with an infinity
      { y: badLines() },
    ),
    caseOf('gathered', { y: gather(leaf('table', 23, 70), at()) }, float32.exact, { at: picked }),
    ...[1, 5, 70].map((inner) =>
      caseOf(
        `scattered, ${inner} wide`,
        { y: scatterAdd(leaf('updates', 2, 100, inner), at(), 23, 1) },
        float32.contraction(5),
        { at: picked },
      ),
    ),
    caseOf(
      'dropout',
      {
        y: select(
          less(random(input('key', { shape: [2], dtype: 'int32' }), [40, 13]), 0.5),
          max(leaf('x', 40, 13), 0),
          0,
        ),
        odd: random(input('key', { shape: [2], dtype: 'int32' }), [521]),
      },
      float32.exact,
      { key: Int32Array.of(-5, 77) },
    ),
  ];
};

function badLines(): Float32Array {
  const y = new Float32Array(5 * 70).fill(-1);
  y[0] = Number.NaN;
  y[60] = Number.POSITIVE_INFINITY;
  y[70 + 3] = Number.NaN;
  y[70 + 41] = 5;
  y.fill(Number.NEGATIVE_INFINITY, 140, 210);
  y[150] = Number.NaN;
  y[210 + 9] = y[210 + 40] = 2;
  y[280 + 50] = y[280 + 51] = Number.POSITIVE_INFINITY;
  return y;
}

/** A training step of a small network on resident data by `scan`: contractions, a gather, momentum, sums. */
export function trainingCase(): ShimCase {
  const [batch, samples] = [37, 50];
  const spec = (...shape: number[]) => ({ shape, dtype: 'float32' as const });
  const program = defineProgram({
    name: 'step',
    inputs: { rows: { shape: [batch], dtype: 'int32' } },
    state: { data: spec(samples, 41), w: spec(41, 27), v: spec(27, 41), momentum: spec(41, 27) },
    build: ({ inputs: { rows }, state: { data, w, v, momentum } }) => {
      const x = gather(data, rows);
      const y = einsum('bi,io->bo', tanh(einsum('bi,io->bo', x, w)), v);
      const loss = mean(square(sub(y, x)));
      const [dw, dv] = gradient(loss, [w, v]);
      const next = add(mul(momentum, 0.9), dw);
      return {
        outputs: { loss, total: sum(exp(mul(v, -1))) },
        updates: { w: sub(w, mul(next, 0.1)), v: sub(v, mul(dv, 0.1)), momentum: next },
      };
    },
  });
  const draws = testRandom(3);
  const state = Object.fromEntries(
    Object.entries(program.state).map(([name, { shape }]) => [
      name,
      Float32Array.from(draws.normals(shape[0] * shape[1]), (value) => value / 8),
    ]),
  );
  const inputs = [0, 1, 2, 3].map((step) => ({
    rows: Int32Array.from({ length: batch }, (_, i) => ((step * batch + i) * 13) % samples),
  }));
  return { title: 'training', program, inputs, state, tolerance: float32.trainingRun, isScan: true };
}
