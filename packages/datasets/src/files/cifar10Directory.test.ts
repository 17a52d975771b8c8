import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../testing/temporaryDirectory.js';
import { cifar10Files } from './cifar10Directory.js';
import { loadDataset, loadDatasetFromDirectory } from './loadDataset.js';

const names = [...cifar10Files.train, ...cifar10Files.test];
/** One record whose label is the number of the file. */
const record = (label: number) => new Uint8Array(3073).fill(255).fill(label, 0, 1);

describe('cifar10', () => {
  it('reads the six files in order, in the directory or in the folder of the archive', async () => {
    for (const folder of ['.', 'cifar-10-batches-bin']) {
      const directory = await temporaryDirectory();
      await mkdir(join(directory, folder), { recursive: true });
      for (const [i, name] of names.entries()) await writeFile(join(directory, folder, name), record(i));
      const { train, test, classNames } = await loadDataset('cifar10', { directory });
      expect([[...train.y], [...test.y]]).toEqual([[0, 1, 2, 3, 4], [5]]);
      expect([train.xShape, train.x[0]]).toEqual([[5, 32, 32, 3], 1]);
      expect(classNames?.[9]).toBe('truck');
    }
  });

  it('rejects missing files', async () => {
    const directory = await temporaryDirectory();
    await writeFile(join(directory, 'data_batch_1.bin'), record(0));
    const error: Error = await loadDatasetFromDirectory('cifar10', directory).catch((thrown) => thrown);
    expect(error.message.replaceAll(directory, 'DIR')).toMatchInlineSnapshot(`
      "cifar10 expected data_batch_2.bin, data_batch_3.bin, data_batch_4.bin, data_batch_5.bin, test_batch.bin in DIR, got no such file.

      Fix: fetch it with downloadDataset('cifar10') or 'polyneuron datasets download cifar10', or name the directory of the files"
    `);
  });
});
