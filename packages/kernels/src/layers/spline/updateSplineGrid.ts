import { ShapeError, ValueError } from '@polyneuron/graph';
import { refitCurves } from './refitCurves.js';
import { type FeatureCurves, featureCurves, type SplineCurves } from './splineCurves.js';

export interface UpdateSplineGridOptions {
  /** How much of the grid is spaced evenly, the rest by quantiles of the samples: above 0, up to 1. default 0.02 */
  readonly uniformShare?: number;
  /** How far the grid reaches beyond the samples, as a part of their range. default 0.01 */
  readonly margin?: number;
  /** Weight of the old curve on the whole new grid against the samples. default 0.01 */
  readonly ridge?: number;
}

/** Steps of float32 that the narrowest interval must have: below, its ends could round to one number. */
const leastSteps = 16 * 2 ** -23;

/**
 * Moves every feature's grid to its samples, and refits the splines: the curves stay as they were on the samples.
 *
 * t_(k+j) = uniformShare · (a + j (b - a) / G) + (1 - uniformShare) · quantile_(j/G),   j = 1..G-1
 *
 * The ends t_k = a and t_(k+G) = b are those of the samples and a margin; k more knots lie beyond each end at spacing (b - a) / G. The refit is
 * least squares with a ridge (`refitCurves`): it has one solution for any samples, one row or a thousand equal ones. A
 * feature whose samples have no range that float32 can divide keeps its grid and its curves.
 *
 * Shapes   samples [N, n] row-major, N >= 1 → grid [n, G + 2k + 1], splineKernel [n, G + k, units]
 * Cost     about N·n·(k·(G + 2k) + (G + k)·(k + 1 + units)) multiplications
 * Throws   ShapeError on sizes that do not agree; ValueError on samples that are not finite, knots that do not rise,
 *          options out of range
 * Source   update_grid of efficient-kan, whose least squares has no ridge
 */
export function updateSplineGrid(
  curves: SplineCurves,
  samples: ArrayLike<number>,
  { uniformShare = 0.02, margin = 0.01, ridge = 0.01 }: UpdateSplineGridOptions = {},
): SplineCurves & { readonly grid: Float64Array; readonly splineKernel: Float64Array } {
  requireBetween(
    'uniformShare',
    uniformShare,
    uniformShare > 0 && uniformShare <= 1,
    'above 0 and at most 1',
  );
  requireBetween('margin', margin, margin >= 0, 'of at least 0');
  requireBetween('ridge', ridge, ridge > 0, 'above 0');
  const before = featureCurves('updateSplineGrid', curves);
  requireSamples(samples, curves.features);
  const after = before.map((old, feature) => {
    const sorted = Float64Array.from(
      { length: samples.length / curves.features },
      (_, row) => samples[row * curves.features + feature],
    ).sort();
    const knots = movedKnots(old, sorted, uniformShare, margin);
    if (!knots) return old;
    return { ...old, knots, coefficients: refitCurves(old, knots, sorted, ridge) };
  });
  return {
    ...curves,
    grid: Float64Array.from(after.flatMap(({ knots }) => Array.from(knots))),
    splineKernel: Float64Array.from(after.flatMap(({ coefficients }) => Array.from(coefficients))),
  };
}

/** The new knots as float32 holds them, as the coefficients are fitted to them; undefined without a range to divide. */
function movedKnots(
  { gridSize, splineOrder }: FeatureCurves,
  sorted: Float64Array,
  uniformShare: number,
  margin: number,
): Float64Array | undefined {
  const [least, most] = [sorted[0], sorted[sorted.length - 1]];
  const range = most - least;
  const [from, to] = [least - margin * range, most + margin * range];
  const step = (to - from) / gridSize;
  const size = Math.max(Math.abs(from), Math.abs(to)) + splineOrder * step;
  if (!(uniformShare * step > leastSteps * size)) return undefined;
  return Float64Array.from({ length: gridSize + 2 * splineOrder + 1 }, (_, at) => {
    const place = at - splineOrder;
    const even = from + place * step;
    if (place <= 0 || place >= gridSize) return Math.fround(even);
    return Math.fround(uniformShare * even + (1 - uniformShare) * quantile(sorted, place / gridSize));
  });
}

/** Between the two nearest samples in proportion, as numpy.quantile. */
function quantile(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}

function requireSamples(samples: ArrayLike<number>, features: number): void {
  if (samples.length === 0 || samples.length % features !== 0) {
    throw new ShapeError({
      subject: 'updateSplineGrid',
      expected: `samples [N, ${features}] with at least one row`,
      received: `${samples.length} values`,
      fix: 'pass the inputs of the layer, row after row',
    });
  }
  const at = Array.from(samples).findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  throw new ValueError({
    subject: 'updateSplineGrid',
    expected: 'finite samples',
    received: `${samples[at]} in row ${Math.floor(at / features)}, feature ${at % features}`,
    fix: 'leave such rows out: a grid has no place for them',
  });
}

function requireBetween(option: string, value: number, holds: boolean, range: string): void {
  if (holds && Number.isFinite(value)) return;
  throw new ValueError({
    subject: 'updateSplineGrid',
    expected: `${option} to be a finite number ${range}`,
    received: String(value),
    fix: `leave ${option} out for its default`,
  });
}
