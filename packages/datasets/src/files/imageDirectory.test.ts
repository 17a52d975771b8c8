import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { idxBytes } from '../testing/idxBytes.js';
import { fingerprint } from '../testing/sha256.js';
import { sharedData } from '../testing/sharedData.js';
import { temporaryDirectory } from '../testing/temporaryDirectory.js';
import { readImageDirectory } from './imageDirectory.js';
import { loadDatasetFromDirectory } from './loadDataset.js';

const images = (count: number) => idxBytes(8, [count, 28, 28], new Uint8Array(count * 784).fill(255));
const labels = (count: number) =>
  idxBytes(
    8,
    [count],
    Uint8Array.from({ length: count }, (_, i) => i % 10),
  );

/** A directory with these files. */
async function directoryOf(files: Readonly<Record<string, Uint8Array>>): Promise<string> {
  const directory = await temporaryDirectory();
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(directory, name), bytes);
  return directory;
}

/** The message, with the temporary directory called DIR. */
async function messageOf(directory: string): Promise<string> {
  const error: Error = await readImageDirectory('mnist', directory).then(
    () => expect.fail('did not throw'),
    (thrown) => thrown,
  );
  return error.message.replaceAll(directory, 'DIR');
}

describe('readImageDirectory', () => {
  it.each([
    ['-idx3-ubyte', '-idx1-ubyte', ''],
    ['.idx3-ubyte', '.idx1-ubyte', ''],
    ['-idx3-ubyte', '-idx1-ubyte', '.gz'],
    ['.idx3-ubyte', '.idx1-ubyte', '.gz'],
  ])('reads four files named %s, %s, %s', async (imagesEnding, labelsEnding, gz) => {
    const pack = gz ? gzipSync : (bytes: Uint8Array) => bytes;
    const directory = await directoryOf({
      [`train-images${imagesEnding}${gz}`]: pack(images(5)),
      [`train-labels${labelsEnding}${gz}`]: pack(labels(5)),
      [`t10k-images${imagesEnding}${gz}`]: pack(images(2)),
      [`t10k-labels${labelsEnding}${gz}`]: pack(labels(2)),
    });
    const { train, test, provenance } = await readImageDirectory('mnist', directory);
    expect([train.xShape, [...train.y]]).toEqual([
      [5, 28, 28, 1],
      [0, 1, 2, 3, 4],
    ]);
    expect([test.count, test.x[0]]).toEqual([2, 1]);
    expect(provenance).toBe(
      `read from ${directory}: train-images${imagesEnding}${gz}, train-labels${labelsEnding}${gz}, t10k-images${imagesEnding}${gz}, t10k-labels${labelsEnding}${gz}`,
    );
  });

  it.each(['train', 't10k'])('splits in file order and says so where only %s is there', async (prefix) => {
    const directory = await directoryOf({
      [`${prefix}-images-idx3-ubyte`]: images(10),
      [`${prefix}-labels-idx1-ubyte`]: labels(10),
    });
    const { train, test, provenance } = await readImageDirectory('mnist', directory);
    expect([[...train.y], [...test.y]]).toEqual([
      [0, 1, 2, 3, 4, 5, 6, 7],
      [8, 9],
    ]);
    expect(provenance).toContain(
      `only ${prefix}-images-idx3-ubyte, ${prefix}-labels-idx1-ubyte, split in file order 8/2`,
    );
  });

  it('rejects a directory that is not there', async () => {
    expect(await messageOf('/nowhere/mnist')).toMatchInlineSnapshot(`
      "mnist expected a directory DIR, got no such directory.

      Fix: fetch it with downloadDataset('mnist') or 'polyneuron datasets download mnist', or name the directory of the files"
    `);
  });

  it('rejects a directory without the files, listing what was looked for', async () => {
    expect(await messageOf(await temporaryDirectory())).toMatchInlineSnapshot(`
      "mnist expected train images, train labels, test images, test labels in DIR, got no such file.

        train images   train-images-idx3-ubyte | train-images-idx3-ubyte.gz | train-images.idx3-ubyte | train-images.idx3-ubyte.gz
        train labels   train-labels-idx1-ubyte | train-labels-idx1-ubyte.gz | train-labels.idx1-ubyte | train-labels.idx1-ubyte.gz
        test images    t10k-images-idx3-ubyte | t10k-images-idx3-ubyte.gz | t10k-images.idx3-ubyte | t10k-images.idx3-ubyte.gz
        test labels    t10k-labels-idx1-ubyte | t10k-labels-idx1-ubyte.gz | t10k-labels.idx1-ubyte | t10k-labels.idx1-ubyte.gz

      Fix: fetch it with downloadDataset('mnist') or 'polyneuron datasets download mnist', or name the directory of the files"
    `);
  });

  it('rejects half a pair even beside a whole one', async () => {
    const whole = { 't10k-images-idx3-ubyte': images(2), 't10k-labels-idx1-ubyte': labels(2) };
    const directory = await directoryOf({ ...whole, 'train-labels-idx1-ubyte': labels(2) });
    expect(await messageOf(directory)).toMatchInlineSnapshot(`
      "mnist expected train images in DIR, got no such file.

        train images   train-images-idx3-ubyte | train-images-idx3-ubyte.gz | train-images.idx3-ubyte | train-images.idx3-ubyte.gz

      Fix: fetch it with downloadDataset('mnist') or 'polyneuron datasets download mnist', or name the directory of the files"
    `);
  });

  it('rejects a directory in the place of a file', async () => {
    const directory = await directoryOf({
      'train-images-idx3-ubyte': images(2),
      'train-labels-idx1-ubyte': labels(2),
      't10k-images-idx3-ubyte': images(1),
      't10k-labels-idx1-ubyte': labels(1),
    });
    await rm(join(directory, 't10k-images-idx3-ubyte'));
    await mkdir(join(directory, 't10k-images-idx3-ubyte'));
    expect(await messageOf(directory)).toMatchInlineSnapshot(`
      "file DIR/t10k-images-idx3-ubyte expected a file that can be read, got an error of the file system (EISDIR).

      Fix: check what has this name, and its permissions"
    `);
  });

  it('rejects damaged gzip data', async () => {
    const packed = gzipSync(images(2));
    const cut = { 't10k-images-idx3-ubyte.gz': packed.subarray(0, 20), 't10k-labels-idx1-ubyte': labels(2) };
    expect(await messageOf(await directoryOf(cut))).toMatchInlineSnapshot(`
      "gzip file DIR/t10k-images-idx3-ubyte.gz expected a whole gzip stream, got 20 bytes that do not decompress (unexpected end of file).

      Fix: the file is damaged or cut short: delete it and download it again"
    `);
    packed[packed.length - 6] ^= 1; // in the checksum of the stream
    const flipped = { 't10k-images-idx3-ubyte.gz': packed, 't10k-labels-idx1-ubyte': labels(2) };
    expect(await messageOf(await directoryOf(flipped))).toMatchInlineSnapshot(`
      "gzip file DIR/t10k-images-idx3-ubyte.gz expected a whole gzip stream, got 46 bytes that do not decompress (incorrect data check).

      Fix: the file is damaged or cut short: delete it and download it again"
    `);
  });

  it('rejects a damaged pair, naming the file', async () => {
    const short = {
      't10k-images-idx3-ubyte': images(3).subarray(0, 2000),
      't10k-labels-idx1-ubyte': labels(3),
    };
    expect(await messageOf(await directoryOf(short))).toMatchInlineSnapshot(`
      "idx file DIR/t10k-images-idx3-ubyte expected 2368 bytes, got 2000.

        shape    [3, 28, 28] uint8
        header   16 bytes
        data     2352 bytes

      Fix: the file is cut short: delete it and download it again"
    `);
    const mismatch = { 't10k-images-idx3-ubyte': images(3), 't10k-labels-idx1-ubyte': labels(2) };
    expect(await messageOf(await directoryOf(mismatch))).toMatchInlineSnapshot(`
      "idx file DIR/t10k-labels-idx1-ubyte expected 3 labels, one per image of DIR/t10k-images-idx3-ubyte, got 2.

      Fix: take DIR/t10k-images-idx3-ubyte and DIR/t10k-labels-idx1-ubyte from the same download"
    `);
  });
});

const mnist = sharedData('mnist');
const fashion = sharedData('fashion-mnist-900');

describe('real files', () => {
  it.skipIf(!mnist)('MNIST, only the t10k pair, split 8,000/2,000', async () => {
    const { train, test, classNames, provenance } = await loadDatasetFromDirectory('mnist', mnist!);
    expect([train.xShape, test.xShape]).toEqual([
      [8000, 28, 28, 1],
      [2000, 28, 28, 1],
    ]);
    // The first labels of the t10k file are widely known: 7, 2, 1, 0, 4, 1, 4, 9, 5, 9.
    expect([...train.y.subarray(0, 10)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
    expect([fingerprint(train), fingerprint(test)]).toMatchInlineSnapshot(`
      [
        "e998c0bd3a3e3574",
        "a59a47cb4889e424",
      ]
    `);
    expect(classNames).toHaveLength(10);
    expect(provenance).toContain('split in file order 8000/2000');
  });

  it.skipIf(!fashion)('Fashion-MNIST, 90 images of each class in four files', async () => {
    const { train, test, classNames } = await loadDatasetFromDirectory('fashion-mnist', fashion!);
    expect([train.count, test.count]).toEqual([720, 180]);
    const counts = new Array(10).fill(0);
    for (const id of [...train.y, ...test.y]) counts[id]++;
    expect(counts).toEqual(new Array(10).fill(90));
    expect(classNames?.[9]).toBe('Ankle boot');
  });
});
