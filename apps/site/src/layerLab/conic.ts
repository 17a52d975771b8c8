/** a x1² + b x1 x2 + c x2² + d x1 + e x2 + f */
export type QuadraticCoefficients = readonly [
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
  f: number,
];

/** The curve where a polynomial of degree 2 in two variables is 0. */
export interface Conic {
  readonly name: ConicName;
  /** Of curves with one. */
  readonly center?: readonly [x1: number, x2: number];
  /** Half lengths of the axes of an ellipse, the longer first. */
  readonly radii?: readonly [number, number];
  /** Of the first axis against the x1 axis, in degrees from -90 to 90. */
  readonly angleDegrees?: number;
}

export type ConicName =
  | 'circle'
  | 'ellipse'
  | 'hyperbola'
  | 'parabola'
  | 'two crossing lines'
  | 'two parallel lines'
  | 'line'
  | 'single point'
  | 'no real point'
  | 'the whole plane';

/** Below this share of the largest coefficient a determinant counts as 0. */
const relativeZero = 1e-9;

/**
 * Names the curve q(x) = 0 for q = xᵀ A x + l·x + f with A = [[a, b/2], [b/2, c]], l = (d, e).
 *
 * Around the center x* = -A⁻¹ l / 2, q = uᵀ diag(λ1, λ2) u + q(x*) in the axes of A's eigenvectors. Both λ of the sign
 * opposite to q(x*): an ellipse of radii √(-q(x*) / λ). λ of two signs: a hyperbola. det A = 0: a parabola, or lines.
 *
 * @example
 * conicOf([1, 0, 1, 0, 0, -4]) // => { name: 'circle', center: [0, 0], radii: [2, 2], angleDegrees: 0 }
 */
export function conicOf(coefficients: QuadraticCoefficients): Conic {
  const scale = Math.max(...coefficients.map(Math.abs));
  if (scale === 0) return { name: 'the whole plane' };
  const [a, b, c, d, e, f] = coefficients.map((value) => value / scale) as unknown as QuadraticCoefficients;
  if (Math.max(Math.abs(a), Math.abs(b), Math.abs(c)) <= relativeZero)
    return { name: Math.max(Math.abs(d), Math.abs(e)) <= relativeZero ? 'no real point' : 'line' };
  const determinant = a * c - (b * b) / 4;
  if (Math.abs(determinant) <= relativeZero) return withoutCenter([a, b, c, d, e, f]);
  const x1 = ((b * e) / 2 - c * d) / (2 * determinant);
  const x2 = ((b * d) / 2 - a * e) / (2 * determinant);
  const center = [x1 + 0, x2 + 0] as const;
  const level = (d * x1 + e * x2) / 2 + f;
  if (determinant < 0) {
    const isCrossing = Math.abs(level) <= relativeZero;
    return {
      name: isCrossing ? 'two crossing lines' : 'hyperbola',
      center,
      ...axis(a, b, c, isCrossing ? -1 : level),
    };
  }
  if (Math.abs(level) <= relativeZero) return { name: 'single point', center };
  if (Math.sign(level) === Math.sign(a + c)) return { name: 'no real point' };
  const { small, large } = eigenvalues(a, b, c);
  // The axis of the smaller |λ| is the longer one.
  const [near, far] = Math.abs(small) <= Math.abs(large) ? [small, large] : [large, small];
  const radii = [Math.sqrt(-level / near), Math.sqrt(-level / far)] as const;
  const isCircle = radii[0] - radii[1] <= 1e-6 * radii[0];
  return {
    name: isCircle ? 'circle' : 'ellipse',
    center,
    radii,
    angleDegrees: isCircle ? 0 : angleOf(a, b, c, near),
  };
}

/** det A = 0: q = λ u² + (l along the axis) v + ..., with v the direction that A does not see. */
function withoutCenter([a, b, c, d, e, f]: QuadraticCoefficients): Conic {
  const trace = a + c;
  const angle = ((angleOf(a, b, c, 0) + 0) * Math.PI) / 180;
  const [v1, v2] = [Math.cos(angle), Math.sin(angle)];
  const angleDegrees = angleOf(a, b, c, 0);
  if (Math.abs(d * v1 + e * v2) > relativeZero) return { name: 'parabola', angleDegrees };
  // Across the lines: trace u² + p u + f
  const across = -d * v2 + e * v1;
  const discriminant = across * across - 4 * trace * f;
  if (Math.abs(discriminant) <= relativeZero) return { name: 'line', angleDegrees };
  return discriminant < 0 ? { name: 'no real point' } : { name: 'two parallel lines', angleDegrees };
}

/** The axis of a hyperbola that meets it: the eigenvector whose λ has the sign opposite to the level. */
function axis(a: number, b: number, c: number, level: number): { readonly angleDegrees: number } {
  const { small, large } = eigenvalues(a, b, c);
  return { angleDegrees: angleOf(a, b, c, level > 0 ? small : large) };
}

function eigenvalues(a: number, b: number, c: number): { readonly small: number; readonly large: number } {
  const [middle, half] = [(a + c) / 2, Math.hypot((a - c) / 2, b / 2)];
  return { small: middle - half, large: middle + half };
}

/** Direction of the eigenvector of λ, from -90 to 90 degrees. */
function angleOf(a: number, b: number, c: number, eigenvalue: number): number {
  // (A - λ) v = 0; the longer of the two rows decides, so that neither of them may be 0.
  const [first, second] = [
    [b / 2, eigenvalue - a],
    [eigenvalue - c, b / 2],
  ] as const;
  const [x, y] = Math.hypot(...first) >= Math.hypot(...second) ? first : second;
  if (x === 0 && y === 0) return 0;
  const degrees = (Math.atan2(y, x) * 180) / Math.PI;
  return degrees > 90 ? degrees - 180 : degrees <= -90 ? degrees + 180 : degrees;
}
