import type { Formula } from '../protocol/messages.js';
import { threeDigits } from './formulaTerms.js';

/** Names the curve on which a polynomial of degree 2 is zero: 'ellipse, centre (0.01, −0.20), radii 0.51 and 0.52'. */
export function describeConic({ name, center, radii, angle }: NonNullable<Formula['conic']>): string {
  const parts = [name];
  if (center) parts.push(`centre (${center.map(hundredths).join(', ')})`);
  if (radii) parts.push(`radii ${radii.map(threeDigits).join(' and ')}`);
  // The axes of what is nearly round point nowhere in particular
  if (angle !== undefined && !name.includes('circle'))
    parts.push(`turned by ${Math.round((angle * 180) / Math.PI)}°`);
  return parts.join(', ');
}

function hundredths(value: number): string {
  return value
    .toFixed(2)
    .replace(/^-0\.00$/, '0.00')
    .replace('-', '−');
}

/** How true a formula is: exact, or an approximation with its error. */
export function describeGap({ isExact, degree, largestGap }: Formula): string {
  const gap = threeDigits(Number(largestGap.toPrecision(2)));
  return isExact
    ? `Exact: the largest gap to the network on the grid is ${gap} of its range.`
    : `An approximation of degree ${degree}: the largest gap to the network on the grid is ${gap} of its range.`;
}
