import { readFileSync } from 'node:fs';
import { tolerances } from '@polyneuron/testing';
import { expect, it } from 'vitest';
import { makeStills } from './makeStills.js';
import still from './still.json' with { type: 'json' };

it('stills and their figures are those of the engine as it is; else run scripts/drawStills.mjs', async () => {
  const { files, result } = await makeStills();
  const { formula, ...rest } = result;
  const { formula: kept, ...keptRest } = still;
  expect(rest).toEqual(keptRest);
  const { rtol, atol } = tolerances.float32.trainingRun;
  expect(formula?.terms.map(({ exponents }) => exponents)).toEqual(
    kept.terms.map(({ exponents }) => exponents),
  );
  formula?.terms.forEach(({ coefficient }, at) => {
    const expected = kept.terms[at].coefficient;
    expect(Math.abs(coefficient - expected)).toBeLessThanOrEqual(atol + rtol * Math.abs(expected));
  });
  for (const name of Object.keys(files)) {
    const text = readFileSync(new URL(`../../../../public/stills/${name}`, import.meta.url), 'utf8');
    expect(text.length).toBeGreaterThan(1000);
    expect(text).toMatch(/^<svg /);
  }
});
