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
      .map(({ inputShapes }) =>
        inputShapes
          .flat()
          .reduce(
            (sum, extent, at, all) =>
              all.length === 2 && all[1] === 1 && inputShapes.length === 1
                ? all[0]
                : at === 0
                  ? extent
                  : sum + extent,
            0,
          ),
      );
    expect(new Set(sizes)).toEqual(new Set([2]));
  });

  it('refuses layers that it does not show', () => {
    expect(() => configuredSubject('conv2d', {})).toThrowErrorMatchingInlineSnapshot();
    expect(() => configuredSubject('nothing', {})).toThrowErrorMatchingInlineSnapshot();
  });
});
