import { createReferenceBackend } from '@polyneuron/backend';
import { describe, expect, it } from 'vitest';
import { drawUnit } from './drawUnit.js';
import { configuredSubject } from './labSubjects.js';
import { createUnit } from './layerUnit.js';
import { gridSize } from './picturePoints.js';

const backend = createReferenceBackend();
const quadratic = () => createUnit(backend, configuredSubject('quadraticForm', { units: 1 }), 1);
/** 4 - x1² - 4 x2² */
const ellipse = [-1, 0, -4, 0, 0, 4];

describe('drawUnit', () => {
  it('has rows from the top and columns from the left, and slices through the origin', async () => {
    const { surface, alongX1, alongX2 } = await drawUnit(await quadratic(), [0, 0, 0, 1, 10, 0], 0, 1);
    const edge = 1 - 1 / gridSize;
    expect(surface[0]).toBeCloseTo(10 * edge - edge, 5);
    expect(surface[gridSize - 1]).toBeCloseTo(10 * edge + edge, 5);
    expect(surface.at(-1)).toBeCloseTo(-10 * edge + edge, 5);
    expect([alongX1[0], alongX1.at(-1), alongX2[0], alongX2.at(-1)]).toEqual([-1, 1, -10, 10]);
  });

  it('reads the polynomial and names the curve y = 0', async () => {
    const { terms, conic } = await drawUnit(await quadratic(), ellipse, 0, 2);
    expect(terms).toEqual([
      { coefficient: -1, exponents: [2, 0] },
      { coefficient: -4, exponents: [0, 2] },
      { coefficient: 4, exponents: [0, 0] },
    ]);
    expect(conic).toMatchObject({ name: 'ellipse', center: [0, 0], radii: [1, 2] });
  });

  it('turns the conic with the coefficient of x1 x2', async () => {
    const unit = await quadratic();
    const angles = await Promise.all(
      [-1, 1].map(async (b) => (await drawUnit(unit, [-1, b, -1, 0, 0, 1], 0, 1)).conic?.angle ?? Number.NaN),
    );
    // Both at 45 degrees to the axes, at right angles to each other
    expect(Math.abs(angles[0] - angles[1])).toBeCloseTo(Math.PI / 2, 9);
  });

  it('has no conic of other degrees, and no polynomial where there is none', async () => {
    const cubic = await createUnit(
      backend,
      configuredSubject('taylor', { mode: 'mixing', degree: 3, units: 1 }),
      1,
    );
    const third = await drawUnit(cubic, cubic.description.stepped, 0, 1);
    expect(third.terms).toBeDefined();
    expect(third.conic).toBeUndefined();
    const bounded = await createUnit(
      backend,
      configuredSubject('dense', { units: 1, activation: 'tanh' }),
      1,
    );
    expect((await drawUnit(bounded, bounded.description.stepped, 0, 1)).terms).toBeUndefined();
  });
});
