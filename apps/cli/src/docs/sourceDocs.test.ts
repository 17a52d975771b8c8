import { type LayerSpec, layers } from '@polyneuron/kernels';
import { beforeAll, describe, expect, it } from 'vitest';
import { readSourceDocs, type SourceDocs } from './sourceDocs.js';

let docs: SourceDocs;

describe('readSourceDocs', () => {
  beforeAll(() => {
    docs = readSourceDocs();
  });

  it('finds every option of every record, and no other', () => {
    for (const { name, defaults, required = {} } of Object.values<LayerSpec>(layers)) {
      const known = [...Object.keys(required), ...Object.keys(defaults)];
      expect({ name, options: Object.keys(docs[name]?.options ?? {}).sort() }).toEqual({
        name,
        options: known.sort(),
      });
    }
  });

  it('reads comments, declared values in their order, and aliases by the name of the alias', () => {
    const { units, activation, variant, kernelInitializer } = docs.quadDense!.options;
    expect(units).toEqual({ values: 'number', meaning: 'Outputs per position.' });
    expect(activation).toEqual({ values: 'activation', meaning: 'Applied to the output.' });
    expect(variant!.values).toBe("'fan', 'product', 'quadralib', 'square', 'lowRank', 'symmetric'");
    expect(variant!.meaning.split('\n')).toHaveLength(6);
    expect(kernelInitializer!.values).toBe('initializer');
    expect(docs.featureCross!.options.projectionDim!.values).toBe('number, null');
    expect(docs.featureCross!.options.start!.meaning).toBe('How the kernels begin; see How it starts above.');
  });

  it('reads the sections of docstrings, each in one line', () => {
    expect(docs.dense!.sections.Shapes).toBe('x [B, ..., n], W [n, units], b [units] → y [B, ..., units]');
    const { Start, Numerics } = docs.featureCross!.sections;
    expect(Start).toMatch(/^'keras': .* slope at 0\.$/);
    expect(Numerics).toBe("with 'keras' the variance about doubles per step of unit-variance input");
  });

  it('finds the shapes of every layer', () => {
    const without = Object.keys(layers).filter((name) => !docs[name]?.sections.Shapes);
    expect(without).toEqual([]);
  });
});
