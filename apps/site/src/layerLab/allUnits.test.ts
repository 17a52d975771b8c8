/** @file Every live unit, on the interpreter and on the backend that draws it. */
import { createReferenceBackend } from '@polyneuron/backend';
import { createWasmBackend } from '@polyneuron/backend-wasm';
import { type LayerName, layers } from '@polyneuron/kernels';
import { expectClose, finiteDifferenceTolerance, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { checkUnitGradient, gradientLimit } from './checkUnitGradient.js';
import { drawUnit } from './drawUnit.js';
import { labSubject } from './labSubjects.js';
import { createUnit } from './layerUnit.js';

const subjects = Object.keys(layers).flatMap((name) => labSubject(name as LayerName) ?? []);
const wasm = createWasmBackend();
const reference = createReferenceBackend();

describe('every live unit', () => {
  it('is held to the limit of the table of tolerances', () => {
    expect(gradientLimit).toEqual(finiteDifferenceTolerance);
  });

  it.each(subjects)('$layer draws what the interpreter computes', async (subject) => {
    const [drawn, exact] = await Promise.all([
      createUnit(wasm, subject, 1),
      createUnit(reference, subject, 1),
    ]);
    const { stepped, outputCount } = drawn.description;
    for (let output = 0; output < outputCount; output++) {
      const picture = await drawUnit(drawn, stepped, output, 1);
      const expected = await drawUnit(exact, stepped, output, 1);
      expectClose(picture.surface, expected.surface, tolerances.float32.gradient);
      expectClose(picture.alongX1, expected.alongX1, tolerances.float32.gradient);
      expectClose(picture.alongX2, expected.alongX2, tolerances.float32.gradient);
    }
  });

  it.each(subjects)('$layer has right gradients', async (subject) => {
    const unit = await createUnit(wasm, subject, 1);
    for (const values of [unit.description.stepped, unit.description.start])
      expect(checkUnitGradient(unit, values)).toMatchObject({ passes: true });
  });

  it.each(subjects)('$layer is what its polynomial says, where it has one', async (subject) => {
    const unit = await createUnit(wasm, subject, 1);
    const { degree } = unit.description;
    const { terms, alongX1, surface } = await drawUnit(unit, unit.description.stepped, 0, 1);
    expect(Math.max(...surface) - Math.min(...surface)).toBeGreaterThan(0.05);
    if (!terms) return;
    const along = Float64Array.from({ length: alongX1.length }, (_, at) => {
      const x = (2 * at) / (alongX1.length - 1) - 1;
      return terms.reduce(
        (sum, { coefficient, exponents: [p, q] }) => sum + (q === 0 ? coefficient * x ** p : 0),
        0,
      );
    });
    expectClose(Float64Array.from(alongX1), along, tolerances.float32.gradient);
    const reached = terms.reduce((most, { exponents: [p, q] }) => Math.max(most, p + q), 0);
    if (degree !== undefined) expect(reached).toBeLessThanOrEqual(degree);
  });
});
