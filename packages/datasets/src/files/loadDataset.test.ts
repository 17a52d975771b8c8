import { describe, expect, it } from 'vitest';
import { generatedDatasets } from '../registry/datasets.js';
import { fileDatasets } from './fileDatasets.js';
import { allDatasets, loadDataset, loadDatasetFromDirectory } from './loadDataset.js';

describe('loadDataset of the node entry', () => {
  it('knows generated and file-backed sets', async () => {
    expect(Object.keys(allDatasets)).toHaveLength(Object.keys(generatedDatasets).length + 3);
    expect((await loadDataset('logic-gate', { gate: 'and' })).train.count).toBe(4);
    for (const [name, spec] of Object.entries(fileDatasets)) {
      expect(spec).toMatchObject({ name, isSynthetic: false, defaults: { directory: '' } });
      expect(spec.classNames).toHaveLength(10);
    }
  });

  it('rejects an unknown name and an unknown option', async () => {
    await expect(loadDataset('fashion_mnist')).rejects.toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: loadDataset expected the name of a known data set, got 'fashion_mnist'.

        known   cross-polynomial, lift-polynomial, logic-gate, parity, two-spirals, friedman, polynomial-surface, click-through, synthetic-glyphs, mnist, fashion-mnist, cifar10

      Fix: did you mean 'fashion-mnist'?]
    `);
    await expect(
      loadDataset('mnist' as string, { dir: '/data' }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: mnist expected options among directory, got 'dir'.

      Fix: did you mean 'directory'?]
    `);
    await expect(loadDatasetFromDirectory('xor' as 'mnist', '/data')).rejects.toMatchObject({
      code: 'UnknownDataset',
    });
  });
});
