import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { cifar10Files, cifar10Folder } from '../files/cifar10Directory.js';
import { loadDatasetFromDirectory } from '../files/loadDataset.js';
import { tarBytes } from '../testing/tarBytes.js';
import { temporaryDirectory } from '../testing/temporaryDirectory.js';
import { unpackCifar10 } from './unpackCifar10.js';

const names = [...cifar10Files.train, ...cifar10Files.test];
const entries = Object.fromEntries(
  names.map((name, i) => [`${cifar10Folder}/${name}`, new Uint8Array(3073).fill(i)]),
);

async function setUp(bytes: Uint8Array) {
  const directory = await temporaryDirectory();
  const archive = join(directory, 'cifar-10-binary.tar.gz');
  await writeFile(archive, bytes);
  const failure = async () => {
    const error: Error = await unpackCifar10(archive, directory).then(
      () => expect.fail('did not throw'),
      (thrown) => thrown,
    );
    return error.message.replaceAll(directory, 'DIR');
  };
  return { directory, archive, failure };
}

describe('unpackCifar10', () => {
  it('unpacks the six files and nothing else', async () => {
    const stranger = {
      [`${cifar10Folder}/readme.html`]: new Uint8Array(3),
      '../outside.bin': new Uint8Array(3),
    };
    const { directory, archive } = await setUp(gzipSync(tarBytes({ ...stranger, ...entries })));
    await unpackCifar10(archive, directory);
    expect((await readdir(directory)).sort()).toEqual(['cifar-10-batches-bin', 'cifar-10-binary.tar.gz']);
    expect((await readdir(join(directory, cifar10Folder))).sort()).toEqual([...names].sort());
    const { train, test } = await loadDatasetFromDirectory('cifar10', directory);
    expect([...train.y, ...test.y]).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('rejects an archive without the files', async () => {
    const { failure } = await setUp(
      gzipSync(tarBytes({ 'cifar-10-batches-py/data_batch_1': new Uint8Array(9) })),
    );
    expect(await failure()).toMatchInlineSnapshot(`
      "tar file DIR/cifar-10-binary.tar.gz expected data_batch_1.bin, data_batch_2.bin, data_batch_3.bin, data_batch_4.bin, data_batch_5.bin, test_batch.bin in cifar-10-batches-bin, got an archive of 1 files without them.

      Fix: use the binary version of CIFAR-10: delete the archive and download it again"
    `);
  });

  it('rejects an archive cut short', async () => {
    const { failure } = await setUp(gzipSync(tarBytes(entries)).subarray(0, 100));
    expect(await failure()).toMatchInlineSnapshot(`
      "gzip file DIR/cifar-10-binary.tar.gz expected a whole gzip stream, got 100 bytes that do not decompress (unexpected end of file).

      Fix: the file is damaged or cut short: delete it and download it again"
    `);
  });
});
