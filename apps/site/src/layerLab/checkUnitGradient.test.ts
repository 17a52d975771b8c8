import { createReferenceBackend } from '@polyneuron/backend';
import { mul, stopGradient } from '@polyneuron/graph';
import { describe, expect, it } from 'vitest';
import { checkUnitGradient } from './checkUnitGradient.js';
import { configuredSubject } from './labSubjects.js';
import { createUnit } from './layerUnit.js';

const unitOf = (layer: string, config: Record<string, unknown>) =>
  createUnit(createReferenceBackend(), configuredSubject(layer, config), 1);

describe('checkUnitGradient', () => {
  it('counts derivatives by every coefficient and every input of eight samples', async () => {
    const report = checkUnitGradient(await unitOf('quadraticForm', { units: 1 }), [1, 2, 3, 4, 5, 6]);
    expect(report).toMatchObject({ coefficientCount: 6, inputCount: 16, passes: true });
    expect(report.largestError).toBeGreaterThan(0);
    expect(report.largestError).toBeLessThanOrEqual(report.limit);
  });

  it('fails where the derivative is not that of the values, and says where', async () => {
    const unit = await unitOf('dense', { units: 1, activation: 'linear' });
    const programFor = (points: number) => {
      const program = unit.programFor(points);
      // y², of which the graph differentiates one factor only: half of each derivative
      return { ...program, outputs: { y: mul(program.outputs.y, stopGradient(program.outputs.y)) } };
    };
    const report = checkUnitGradient({ ...unit, programFor }, [1, 2, 3]);
    expect(report.passes).toBe(false);
    expect(report.largestError).toBeGreaterThan(report.limit);
    expect(report.worst).toMatch(/^(kernel\[[01], 0\]|bias\[0\]|x[12] of sample [1-8])$/);
  });
});
