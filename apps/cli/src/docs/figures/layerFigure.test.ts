import { type LayerSpec, layers, quadDenseSpec } from '@polyneuron/kernels';
import { describe, expect, it } from 'vitest';
import { layerFigure } from './layerFigure.js';

describe('layerFigure', () => {
  it.each<[string, LayerSpec, RegExp]>([
    ['a surface where features act together', layers.quadDense, /^y₀ of quadDense\(.* over x₁ and x₃/],
    ['one over both inputs where there are two', layers.bilinear, /over x₀ and z₀ \(x the first input, z/],
    ['curves where each feature acts alone', layers.splineKan, /^y₀ of splineKan\(.* along x₂/],
    ['the matrix of a linear layer', layers.dense, /^The matrix ∂y\/∂x of dense/],
    ['interactions of fields', layers.ffm, /^Size of ∂²y\/∂x∂x for each two elements of the fields of ffm/],
    ['a pattern and its image', layers.quadConv2d, /^A pattern of 28 × 28 pixels/],
  ])('draws %s', (_, spec, caption) => {
    const figure = layerFigure(spec);
    expect(figure.caption).toMatch(caption);
    expect(figure.svg).not.toMatch(/NaN|undefined|Infinity/);
    expect(figure.svg.length).toBeLessThan(40_000);
  });

  it('is the same each time', () => {
    expect(layerFigure(layers.siren)).toEqual(layerFigure(layers.siren));
  });

  it('is one file with its colours for light and dark and its description', () => {
    const { svg, caption } = layerFigure(quadDenseSpec);
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /);
    expect(svg).toContain('@media (prefers-color-scheme: dark)');
    expect(svg).toContain(`<title>${caption}</title>`);
    expect(svg).not.toContain('href');
  });
});
