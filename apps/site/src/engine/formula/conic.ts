import type { Formula } from '../../protocol/messages.js';

export type Conic = NonNullable<Formula['conic']>;
type Terms = Formula['terms'];

/** Part of the largest coefficient below which a quadratic or constant part counts as none. */
const nothing = 1e-9;
/** Radii that differ by less make 'nearly a circle'. */
const nearly = 0.05;

/**
 * The curve f = 0 of a polynomial of degree 2 in two variables: name, center, half axes, direction of the first axis.
 *
 * f = a x² + b x y + c y² + d x + e y + g; with M = [[a, b/2], [b/2, c]] the center is -½ M⁻¹ (d, e), and along the axis of
 * the eigenvalue λ the half axis is √|f(center) / λ|.
 */
export function conicOf(terms: Terms): Conic | undefined {
  const coefficient = (i: number, j: number) =>
    terms.find(({ exponents: [first, second] }) => first === i && second === j)?.coefficient ?? 0;
  const [a, b, c] = [coefficient(2, 0), coefficient(1, 1), coefficient(0, 2)];
  const [d, e, g] = [coefficient(1, 0), coefficient(0, 1), coefficient(0, 0)];
  const size = Math.max(...[a, b, c, d, e, g].map(Math.abs));
  if (!(size > 0) || !Number.isFinite(size)) return undefined;
  if (Math.max(Math.abs(a), Math.abs(b), Math.abs(c)) <= nothing * size)
    return Math.max(Math.abs(d), Math.abs(e)) <= nothing * size ? undefined : { name: 'straight line' };
  const { large, small, angle } = axesOf(a, b, c);
  if (Math.abs(small) <= nothing * Math.abs(large)) return { name: 'parabola', angle };
  const determinant = a * c - (b * b) / 4;
  const center = [
    (-0.5 * (c * d - (b / 2) * e)) / determinant,
    (-0.5 * (a * e - (b / 2) * d)) / determinant,
  ] as const;
  const atCenter = g + (d * center[0] + e * center[1]) / 2;
  const radii = [Math.sqrt(Math.abs(atCenter / large)), Math.sqrt(Math.abs(atCenter / small))] as const;
  const isFlat = Math.abs(atCenter) <= nothing * size;
  if (small * large < 0)
    return isFlat
      ? { name: 'two crossing lines', center, angle }
      : { name: 'hyperbola', center, radii, angle };
  if (isFlat) return { name: 'a single point', center };
  if (atCenter / large > 0) return { name: 'no curve: the same sign everywhere', center };
  return { name: ellipseName(radii), center, radii, angle };
}

function ellipseName([first, second]: readonly [number, number]): string {
  const difference = Math.abs(first - second) / Math.max(first, second);
  return difference <= nothing ? 'circle' : difference <= nearly ? 'nearly a circle' : 'ellipse';
}

/** Eigenvalues of the quadratic part, the one of larger size first, and the direction of its axis in radians. */
function axesOf(a: number, b: number, c: number) {
  const middle = (a + c) / 2;
  const spread = Math.hypot((a - c) / 2, b / 2);
  const [large, small] =
    middle >= 0 ? [middle + spread, middle - spread] : [middle - spread, middle + spread];
  const angle = Math.atan2(b, a - c) / 2;
  return { large, small, angle: middle >= 0 ? angle : angle + Math.PI / 2 };
}
