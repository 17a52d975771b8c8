import { DatasetError } from '../errors.js';
import { toSplit } from '../split.js';
import type { ClassificationSplit } from '../types.js';
import type { IdxArray } from './idx.js';

/**
 * Joins grey images and their labels, as MNIST and its kin store them, into a split.
 *
 * x = byte / 255, y = label
 *
 * Shapes   images uint8 [count, height, width], labels uint8 [count] → x [count, height, width, 1], y [count, 1]
 * Throws   DatasetError (BadFile): wrong type or rank, no image, counts that differ, a label not below `classes`, an
 *          image size other than `imageSize`
 */
export function parseLabelledImages(
  images: IdxArray,
  labels: IdxArray,
  options: {
    classes: number;
    imageSize?: readonly [number, number];
    imagesFile?: string;
    labelsFile?: string;
  },
): ClassificationSplit {
  const { classes, imageSize, imagesFile = 'images', labelsFile = 'labels' } = options;
  checkArray(images, 3, imagesFile);
  checkArray(labels, 1, labelsFile);
  const [count, height, width] = images.shape;
  if (imageSize && (height !== imageSize[0] || width !== imageSize[1])) {
    const fix = 'check that the file belongs to this data set';
    throw fileError(imagesFile, `images of ${imageSize.join(' × ')}`, `${height} × ${width}`, fix);
  }
  if (count === 0)
    throw fileError(imagesFile, 'at least one image', '0', 'delete the file and download it again');
  if (labels.shape[0] !== count) {
    const fix = `take ${imagesFile} and ${labelsFile} from the same download`;
    throw fileError(labelsFile, `${count} labels, one per image of ${imagesFile}`, `${labels.shape[0]}`, fix);
  }
  labels.data.forEach((label, i) => {
    if (label < classes) return;
    const fix = 'the file is damaged or belongs to another data set; delete it and download it again';
    throw fileError(labelsFile, `labels from 0 to ${classes - 1}`, `${label} at index ${i}`, fix);
  });
  const x = new Float32Array(images.data.length);
  for (let i = 0; i < x.length; i++) x[i] = images.data[i] / 255;
  return toSplit(x, [height, width, 1], Int32Array.from(labels.data));
}

function checkArray({ type, shape }: IdxArray, rank: number, file: string): void {
  if (type === 'uint8' && shape.length === rank) return;
  const received = `${type} of rank ${shape.length}`;
  throw fileError(file, `uint8 of rank ${rank}`, received, 'check that images and labels are not swapped');
}

function fileError(file: string, expected: string, received: string, fix: string): DatasetError {
  return new DatasetError({ code: 'BadFile', subject: `idx file ${file}`, expected, received, fix });
}
