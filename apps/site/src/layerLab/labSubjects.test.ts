import { type LayerName, type LayerSpec, layers } from '@polyneuron/kernels';
import { describe, expect, it } from 'vitest';
import { labSubject } from './labSubjects.js';

const names = Object.keys(layers) as LayerName[];

describe('labSubject', () => {
  it('shows every layer of features or fields that is not of tfjs', () => {
    const absent = names.filter((name) => !labSubject(name));
    console.log(
      absent,
      names
        .map((n) => labSubject(n))
        .filter(Boolean)
        .map((s) => JSON.stringify(s))
        .join('\n'),
    );
    expect(absent.filter((name) => (layers[name] as LayerSpec).inputKind === 'features')).toEqual([]);
  });
});
