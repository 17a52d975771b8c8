import { type LayerName, type LayerSpec, layers } from '@polyneuron/kernels';
import { describe, expect, it } from 'vitest';
import { labSubject } from '../../../layerLab/labSubjects.js';
import { planUnit } from '../../../layerLab/layerUnit.js';
import { layerDocument } from '../layerDocument.js';
import { optionControls } from './optionControls.js';

const controlsOf = (layer: LayerName) => {
  const spec: LayerSpec = layers[layer];
  const { config } = labSubject(layer)!;
  return optionControls(spec, config, layerDocument(layer, spec.title).options);
};

describe('optionControls', () => {
  it('has a control for every option that is a number, a name or a switch', () => {
    const shown = controlsOf('quadraticForm').map(
      ({ name, kind, isMain }) => `${name}: ${kind}${isMain ? ', main' : ''}`,
    );
    expect(shown).toEqual([
      'units: number, main',
      'form: choice',
      'rank: number',
      'useLinear: switch',
      'useBias: switch',
      'activation: choice',
      'start: choice',
    ]);
  });

  it('knows values, whole numbers, and options that may be null', () => {
    const taylor = Object.fromEntries(controlsOf('taylor').map((control) => [control.name, control]));
    expect(taylor.mode).toMatchObject({ values: ['cumulative', 'collapsed', 'mixing'] });
    expect(taylor.units).toMatchObject({ kind: 'number', isWhole: true, isOptional: true });
    expect(taylor.coefficientInit).toMatchObject({ kind: 'choice' });
    const { coefficientInit } = taylor;
    expect('values' in coefficientInit ? coefficientInit.values.at(-1) : undefined).toBeNull();
    expect(controlsOf('orthogonalPolynomial').map(({ name }) => name)).not.toContain('domain');
  });

  it('offers values that the records take', () => {
    const subject = labSubject('quadraticForm')!;
    for (const control of controlsOf('quadraticForm')) {
      if (control.kind !== 'choice') continue;
      for (const value of control.values) {
        const { description } = planUnit(
          { ...subject, config: { ...subject.config, [control.name]: value } },
          1,
        );
        expect(description.outputCount).toBe(1);
      }
    }
  });
});
