import type { Tolerance } from './tolerances.js';
import { ulpDistance } from './ulpDistance.js';

/** Values with the shape they stand for. */
export interface ShapedValues {
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

/** A number, a flat array of any kind, or values with a shape. */
export type Comparable = number | ArrayLike<number> | ShapedValues;

/**
 * Throws unless |actual - expected| <= atol + rtol |expected| in every element.
 *
 * NaN is close to NaN alone and an infinity to itself alone, under any tolerance. Lengths must be equal, and shapes
 * too where both sides carry one. The message shows the first bad element, the worst one, and how many are bad; ulp
 * distances are those of float32 when `actual` is a Float32Array, of float64 otherwise.
 */
export function expectClose(actual: Comparable, expected: Comparable, tolerance: Tolerance): void {
  const a = normalize(actual);
  const e = normalize(expected);
  const sizes = `actual ${describe(a)}, expected ${describe(e)}`;
  const isShapeEqual = !a.shape || !e.shape || a.shape.join() === e.shape.join();
  if (!isShapeEqual || a.values.length !== e.values.length)
    throw new Error(`expectClose: shapes differ: ${sizes}`);
  const bad = badIndices(a.values, e.values, tolerance);
  if (bad.length === 0) return;
  const dtype = a.values instanceof Float32Array ? 'float32' : 'float64';
  const show = (at: number) => {
    const [p, q] = [a.values[at], e.values[at]];
    return `[${formatIndex(at, a.shape ?? e.shape)}] actual ${p}, expected ${q}, |Δ| ${Math.abs(p - q)}, ${ulpDistance(p, q, dtype)} ulp of ${dtype}`;
  };
  const worst = worstIndex(a.values, e.values);
  throw new Error(
    [
      `expectClose: ${bad.length} of ${a.values.length} elements differ by more than ${tolerance.atol} + ${tolerance.rtol} |expected|`,
      `  first bad   ${show(bad[0])}`,
      `  largest |Δ| ${show(worst)}`,
      `  sizes       ${sizes}`,
    ].join('\n'),
  );
}

interface Normalized {
  readonly shape: readonly number[] | undefined;
  readonly values: ArrayLike<number>;
}

function normalize(value: Comparable): Normalized {
  if (typeof value === 'number') return { shape: undefined, values: [value] };
  return 'values' in value && 'shape' in value
    ? value
    : { shape: undefined, values: value as ArrayLike<number> };
}

function describe({ shape, values }: Normalized): string {
  const kind = Array.isArray(values) ? 'Array' : (values.constructor?.name ?? 'array-like');
  return `${kind}(${values.length})${shape ? ` [${shape.join(', ')}]` : ''}`;
}

function badIndices(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  { rtol, atol }: Tolerance,
): number[] {
  const bad: number[] = [];
  for (let at = 0; at < expected.length; at++) {
    const [a, e] = [actual[at], expected[at]];
    const isSame = a === e || (Number.isNaN(a) && Number.isNaN(e));
    // Written so that NaN and infinities fail: with e infinite the bound would be infinite.
    const isNear = Number.isFinite(a) && Number.isFinite(e) && Math.abs(a - e) <= atol + rtol * Math.abs(e);
    if (!isSame && !isNear) bad.push(at);
  }
  return bad;
}

/** Where |Δ| is largest; a NaN or an infinity on one side only is the largest of all. */
function worstIndex(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let worst = 0;
  let largest = -1;
  for (let at = 0; at < expected.length; at++) {
    const [a, e] = [actual[at], expected[at]];
    const delta = a === e || (Number.isNaN(a) && Number.isNaN(e)) ? 0 : Math.abs(a - e);
    const size = Number.isNaN(delta) ? Number.POSITIVE_INFINITY : delta;
    if (size > largest) [worst, largest] = [at, size];
  }
  return worst;
}

/** Flat index as coordinates of the shape. */
function formatIndex(flat: number, shape: readonly number[] | undefined): string {
  if (!shape) return String(flat);
  const coordinates: number[] = [];
  let rest = flat;
  for (const extent of [...shape].reverse()) {
    coordinates.unshift(rest % extent);
    rest = Math.floor(rest / extent);
  }
  return coordinates.join(', ');
}
