import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { imageFiles } from './imageFiles.js';

/** An IDX file of bytes with these extents. */
function idx(extents: readonly number[], values: readonly number[]): Uint8Array<ArrayBuffer> {
  const header = [0, 0, 8, extents.length, ...extents.flatMap((extent) => [0, 0, extent >> 8, extent & 255])];
  return Uint8Array.from([...header, ...values]);
}

const images = (count: number, value: number) => idx([count, 28, 28], new Array(count * 784).fill(value));
const labels = (count: number) =>
  idx(
    [count],
    Array.from({ length: count }, (_, at) => at % 10),
  );
const file = (name: string, bytes: Uint8Array<ArrayBuffer>) => ({
  name,
  arrayBuffer: async () => bytes.buffer,
});

describe('imageFiles', () => {
  it('pairs images with labels by count, and trains on the larger pair', async () => {
    const source = imageFiles('mnist', [
      file('b', labels(3)),
      file('t10k', images(3, 51)),
      file('a', images(20, 255)),
      file('c', labels(20)),
    ]);
    const { name, train, test, provenance, classNames } = await source.load('fashion-mnist');
    expect([name, train.count, test.count, classNames?.length]).toEqual(['mnist', 20, 3, 10]);
    expect([train.x[0], test.x[0], test.y[2]]).toEqual([1, 0.2, 2].map(Math.fround));
    expect(provenance).toBe('chosen by the visitor: b, t10k, a, c');
  });

  it('takes compressed files, and splits a single pair in file order', async () => {
    const compressed = Uint8Array.from(gzipSync(images(10, 255)));
    const source = imageFiles('fashion-mnist', [file('images.gz', compressed), file('labels', labels(10))]);
    const { train, test, provenance, classNames } = await source.load('mnist');
    expect([train.count, test.count, test.y[0], classNames?.[9]]).toEqual([8, 2, 8, 'Ankle boot']);
    expect(provenance).toContain('split in file order 8/2');
  });

  it('says which files do not belong together', async () => {
    const source = imageFiles('mnist', [file('images', images(2, 0)), file('labels', labels(5))]);
    await expect(source.load('mnist')).rejects.toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: mnist expected images and labels of the same count, as IDX files, got images [2, 28, 28]; labels [5].

      Fix: choose train-images-idx3-ubyte and train-labels-idx1-ubyte, and the t10k pair if you have it]
    `);
  });

  it('says that a file is no IDX file', async () => {
    const source = imageFiles('mnist', [file('photo.jpg', Uint8Array.from([255, 216, 255, 224]))]);
    await expect(source.load('mnist')).rejects.toThrow('photo.jpg');
  });
});
