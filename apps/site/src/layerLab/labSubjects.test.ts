import { sizeOf } from '@polyneuron/graph';
import { families, type LayerName, type LayerSpec, layers } from '@polyneuron/kernels';
import { describe, expect, it } from 'vitest';
import { configuredSubject, labSubject } from './labSubjects.js';

const names = Object.keys(layers) as LayerName[];

describe('labSubject', () => {
  it('shows every layer of ours whose input may be two numbers', () => {
    const ours = names.filter((name) => !(name in families.stock));
    const absent = ours.filter((name) => !labSubject(name));
    expect(absent.map((name) => (layers[name] as LayerSpec).inputKind)).toEqual(absent.map(() => 'image'));
  });

  it('takes two numbers in all', () => {
    const sizes = names
      .flatMap((name) => labSubject(name) ?? [])
      .map(({ inputShapes }) => inputShapes.reduce((sum, shape) => sum + sizeOf(shape), 0));
    expect(new Set(sizes)).toEqual(new Set([2]));
  });

  it('refuses layers that it does not show', () => {
    expect(() => configuredSubject('conv2d', {})).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: layer page expected a layer that takes two numbers, got 'conv2d'.

      Fix: open the page of a layer with a live unit]
    `);
    expect(() => configuredSubject('nothing', {})).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: layer page expected a layer that takes two numbers, got 'nothing'.

      Fix: open the page of a layer with a live unit]
    `);
  });
});
