import { sizeOf } from '@polyneuron/graph';
import { initialValues } from '@polyneuron/kernels';
import type { FigureSubject } from './figureSubject.js';
import type { Respond } from './respond.js';

/** table[output][i][j], symmetric in i and j. */
export type SecondDifferences = readonly (readonly (readonly number[])[])[];

const sampleCount = 8;

/** Standard normal samples, each as wide as all inputs together. */
export function normalSamples({ spec, inputShapes }: FigureSubject): Float32Array[] {
  const width = inputShapes.reduce((total, shape) => total + sizeOf(shape), 0);
  const law = { shape: [width], initializer: { kind: 'normal', mean: 0, stddev: 1 } } as const;
  return Array.from({ length: sampleCount }, (_, at) => initialValues(law, at, `${spec.name}/sample`));
}

/**
 * Mean over the samples of the sizes of the mixed second differences of every output,
 *
 * |f(x + h e_i + h e_j) - f(x + h e_i - h e_j) - f(x - h e_i + h e_j) + f(x - h e_i - h e_j)| / 4 h².
 *
 * A small h gives second derivatives; a large one also sees the kinks of layers that have none. Exactly 0 where the
 * output is a sum of a function without x_i and one without x_j, up to rounding: about 1e-16 |f| / h².
 */
export function secondDifferences(
  evaluate: Respond,
  samples: readonly ArrayLike<number>[],
  h: number,
): SecondDifferences {
  const width = samples[0].length;
  const pairs = Array.from({ length: width }, (_, i) =>
    Array.from({ length: i + 1 }, (_, j) => [i, j] as const),
  ).flat();
  const rows = pairs.flatMap(([i, j]) =>
    samples.flatMap((sample) =>
      signs.map(({ first, second }) => {
        const moved = Float64Array.from(sample);
        moved[i] += first * h;
        moved[j] += second * h;
        return moved;
      }),
    ),
  );
  const values = evaluate(rows);
  return Array.from({ length: values[0].length }, (_, output) => {
    const table = Array.from({ length: width }, () => new Array<number>(width).fill(0));
    pairs.forEach(([i, j], pair) => {
      const sizes = samples.map((_, sample) => {
        const at = (pair * samples.length + sample) * signs.length;
        const sum = signs.reduce(
          (total, { first, second }, sign) => total + first * second * values[at + sign][output],
          0,
        );
        return Math.abs(sum) / (4 * h * h);
      });
      const size = sizes.reduce((total, one) => total + one, 0) / sizes.length;
      table[i][j] = size;
      table[j][i] = size;
    });
    return table;
  });
}

const signs = [
  { first: 1, second: 1 },
  { first: 1, second: -1 },
  { first: -1, second: 1 },
  { first: -1, second: -1 },
];
