import { describe, expect, it } from 'vitest';
import { describeConic, describeGap } from './describeFormula.js';

describe('describeConic', () => {
  it('names centre, radii and angle where there are', () => {
    expect(
      describeConic({ name: 'ellipse', center: [0.0123, -0.2], radii: [0.512, 0.52], angle: Math.PI / 6 }),
    ).toBe('ellipse, centre (0.01, −0.20), radii 0.512 and 0.52, turned by 30°');
    expect(describeConic({ name: 'nearly a circle', center: [-0.001, 0], angle: 1 })).toBe(
      'nearly a circle, centre (0.00, 0.00)',
    );
    expect(describeConic({ name: 'no points' })).toBe('no points');
  });
});

describe('describeGap', () => {
  it('says exact of exact formulas alone', () => {
    const formula = { terms: [], degree: 3, largestGap: 1.234e-7 };
    expect(describeGap({ ...formula, isExact: true })).toBe(
      'Exact: the largest gap to the network on the grid is 1.2e-7 of its range.',
    );
    expect(describeGap({ ...formula, isExact: false, largestGap: 0.0512 })).toBe(
      'An approximation of degree 3: the largest gap to the network on the grid is 0.051 of its range.',
    );
  });
});
