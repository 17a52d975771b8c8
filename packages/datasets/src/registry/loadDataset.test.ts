import { describe, expect, it } from 'vitest';
import { fingerprint } from '../testing/sha256.js';
import { generatedDatasets } from './datasets.js';
import { loadDataset } from './loadDataset.js';
import type { DatasetRegistry } from './loadFrom.js';

const registry: DatasetRegistry = generatedDatasets;

describe.each(Object.entries(registry))('%s', (name, spec) => {
  it('has a record that fits what it loads', async () => {
    const dataset = await loadDataset(name);
    expect(dataset).toMatchObject({ name, kind: spec.kind });
    expect(dataset.classNames).toEqual(spec.classNames);
    expect(Object.keys(spec.options).sort()).toEqual(Object.keys(spec.defaults).sort());
    expect(dataset.provenance).not.toBe('');
    for (const split of [dataset.train, dataset.test, dataset.outOfRange ?? dataset.test]) {
      expect(split.xShape).toEqual([split.count, ...spec.inputShape(spec.defaults)]);
      expect(split.yShape).toEqual([split.count, ...spec.targetShape]);
      expect(split.x.length).toBe(split.xShape.reduce((a, b) => a * b));
      expect(split.y.length).toBe(split.count);
      expect(split.x.every(Number.isFinite) && split.y.every(Number.isFinite)).toBe(true);
      expect(split.y).toBeInstanceOf(spec.kind === 'regression' ? Float32Array : Int32Array);
      if (spec.classNames) expect(split.y.every((id) => id >= 0 && id < spec.classNames!.length)).toBe(true);
    }
  });

  it('is the same again, another with another seed, and as long as asked', async () => {
    const first = await loadDataset(name);
    expect(fingerprint((await loadDataset(name)).train)).toBe(fingerprint(first.train));
    if ('seed' in spec.defaults) {
      const other = await loadDataset(name as string, { seed: 7 });
      expect(fingerprint(other.train)).not.toBe(fingerprint(first.train));
    }
    if ('trainCount' in spec.defaults) {
      const small = await loadDataset(name as string, { trainCount: 7, testCount: 3 });
      expect([small.train.count, small.test.count]).toEqual([7, 3]);
    }
  });
});

describe('loadDataset', () => {
  it('splits one sequence in order', async () => {
    const { train, test } = await loadDataset('friedman', { trainCount: 3, testCount: 2 });
    const all = await loadDataset('friedman', { trainCount: 4, testCount: 1 });
    expect([...train.x, ...test.x]).toEqual([...all.train.x, ...all.test.x]);
  });

  it('returns what a generator planted as plain data', async () => {
    const { meta } = await loadDataset('polynomial-surface', { dims: 1, degree: 1 });
    expect(JSON.parse(JSON.stringify(meta))).toEqual(meta);
  });

  it('rejects an unknown name with the nearest one', async () => {
    await expect(loadDataset('two-spiral')).rejects.toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: loadDataset expected the name of a known data set, got 'two-spiral'.

        known   cross-polynomial, lift-polynomial, logic-gate, parity, two-spirals, friedman, polynomial-surface, click-through, synthetic-glyphs

      Fix: did you mean 'two-spirals'? Sets read from files (mnist, fashion-mnist, cifar10) need loadDataset of '@polyneuron/datasets/node'.]
    `);
    await expect(loadDataset('imagenet-21k')).rejects.toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: loadDataset expected the name of a known data set, got 'imagenet-21k'.

        known   cross-polynomial, lift-polynomial, logic-gate, parity, two-spirals, friedman, polynomial-surface, click-through, synthetic-glyphs

      Fix: use one of the names above. Sets read from files (mnist, fashion-mnist, cifar10) need loadDataset of '@polyneuron/datasets/node'.]
    `);
    await expect(loadDataset('toString')).rejects.toMatchObject({ code: 'UnknownDataset' });
  });

  it('rejects an unknown option and a bad value', async () => {
    await expect(loadDataset('friedman' as string, { nosie: 1 })).rejects.toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: friedman expected options among trainCount, testCount, features, noise, seed, got 'nosie'.

      Fix: did you mean 'noise'?]
    `);
    await expect(loadDataset('friedman', { noise: -1 })).rejects.toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: friedman expected noise to be a number from 0 to 1000, got -1.

      Fix: noise is the standard deviation of the noise on y; its default is 1]
    `);
  });

  it('knows the options of a name at compile time', () => {
    // @ts-expect-error -- friedman has no option of this name; never called
    () => loadDataset('friedman', { turns: 3 });
    () => loadDataset('two-spirals', { turns: 3 });
  });
});
