import { describe, expect, it } from 'vitest';
import { idxBytes } from '../testing/idxBytes.js';
import { parseIdx } from './idx.js';
import { parseLabelledImages } from './labelledImages.js';

const array = (shape: number[], data: number[], type = 8) => parseIdx(idxBytes(type, shape, data));
const images = array([2, 1, 2], [0, 51, 255, 102]);

describe('parseLabelledImages', () => {
  it('scales bytes to [0, 1] and keeps the order', () => {
    expect(parseLabelledImages(images, array([2], [3, 0]), { classes: 4 })).toEqual({
      x: Float32Array.of(0, 0.2, 1, 0.4),
      y: Int32Array.of(3, 0),
      xShape: [2, 1, 2, 1],
      yShape: [2, 1],
      count: 2,
    });
  });

  it('rejects counts that differ', () => {
    const options = { classes: 10, imagesFile: 'i.gz', labelsFile: 'l.gz' };
    expect(() =>
      parseLabelledImages(images, array([3], [1, 2, 3]), options),
    ).toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: idx file l.gz expected 2 labels, one per image of i.gz, got 3.

      Fix: take i.gz and l.gz from the same download]
    `);
  });

  it('rejects a label out of range', () => {
    const parse = () => parseLabelledImages(images, array([2], [1, 10]), { classes: 10 });
    expect(parse).toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: idx file labels expected labels from 0 to 9, got 10 at index 1.

      Fix: the file is damaged or belongs to another data set; delete it and download it again]
    `);
  });

  it('rejects another size, no images, swapped files and another type', () => {
    const labels = array([2], [0, 1]);
    const parse = (a: typeof images, b: typeof images) => () =>
      parseLabelledImages(a, b, { classes: 10, imageSize: [28, 28] });
    expect(parse(images, labels)).toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: idx file images expected images of 28 × 28, got 1 × 2.

      Fix: check that the file belongs to this data set]
    `);
    expect(parse(array([0, 28, 28], []), array([0], []))).toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: idx file images expected at least one image, got 0.

      Fix: delete the file and download it again]
    `);
    expect(parse(labels, images)).toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: idx file images expected uint8 of rank 3, got uint8 of rank 1.

      Fix: check that images and labels are not swapped]
    `);
    expect(parse(images, array([2], [0, 1], 9))).toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: idx file labels expected uint8 of rank 1, got int8 of rank 1.

      Fix: check that images and labels are not swapped]
    `);
  });
});
