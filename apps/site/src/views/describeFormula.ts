import type { Formula } from '../protocol/messages.js';
import { threeDigits } from './formulaTerms.js';

/** Names the curve on which a polynomial of degree 2 is zero: 'ellipse, centre (0, 0), radii 0.51 and 0.52'. */
export function describeConic({ name, center, radii, angle }: NonNullable<Formula['conic']>): string {
  const parts = [name];
  if (center) parts.push(`centre (${center.map(threeDigits).join(', ')})`);
  if (radii) parts.push(`radii ${radii.map(threeDigits).join(' and ')}`);
  if (angle !== undefined) parts.push(`turned by ${Math.round((angle * 180) / Math.PI)}°`);
  return parts.join(', ');
}

/** How true a formula is: exact, or an approximation with its error. */
export function describeGap({ isExact, degree, largestGap }: Formula): string {
  const gap = threeDigits(Number(largestGap.toPrecision(2)));
  return isExact
    ? `Exact: the largest gap to the network on the grid is ${gap} of its range.`
    : `An approximation of degree ${degree}: the largest gap to the network on the grid is ${gap} of its range.`;
}
