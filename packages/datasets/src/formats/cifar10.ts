import { DatasetError } from '../errors.js';
import { toSplit } from '../split.js';
import type { ClassificationSplit } from '../types.js';

/** The ten classes, in label order. */
export const cifar10ClassNames = [
  'airplane',
  'automobile',
  'bird',
  'cat',
  'deer',
  'dog',
  'frog',
  'horse',
  'ship',
  'truck',
] as const;

/** One file of the binary version. */
export interface Cifar10Batch {
  readonly bytes: Uint8Array;
  /** Name for messages. */
  readonly file: string;
}

const side = 32;
const planeBytes = side * side;
const recordBytes = 1 + 3 * planeBytes;

/**
 * Decodes files of the binary version of CIFAR-10 into one split, in the order given.
 *
 * Layout   records of 3,073 bytes: the label, then a red, a green and a blue plane of 32 × 32 bytes, row by row
 * Shapes   → x [count, 32, 32, 3] in [0, 1], channels last; y [count, 1]
 * Throws   DatasetError (BadFile): no whole number of records, no record, a label above 9
 * Source   Krizhevsky 2009, Learning Multiple Layers of Features from Tiny Images
 */
export function parseCifar10(batches: readonly Cifar10Batch[]): ClassificationSplit {
  for (const batch of batches) checkBatch(batch);
  const count = batches.reduce((sum, { bytes }) => sum + bytes.length / recordBytes, 0);
  const x = new Float32Array(count * 3 * planeBytes);
  const y = new Int32Array(count);
  let row = 0;
  for (const { bytes } of batches) {
    for (let start = 0; start < bytes.length; start += recordBytes, row++) {
      y[row] = bytes[start];
      for (let channel = 0; channel < 3; channel++) {
        const from = start + 1 + channel * planeBytes;
        const to = row * 3 * planeBytes + channel;
        for (let p = 0; p < planeBytes; p++) x[to + 3 * p] = bytes[from + p] / 255;
      }
    }
  }
  return toSplit(x, [side, side, 3], y);
}

function checkBatch({ bytes, file }: Cifar10Batch): void {
  const records = Math.floor(bytes.length / recordBytes);
  if (bytes.length === 0 || bytes.length % recordBytes !== 0) {
    throw batchError(
      file,
      `a whole number of records of ${recordBytes} bytes`,
      `${bytes.length} bytes: ${records} records and ${bytes.length % recordBytes} bytes`,
    );
  }
  for (let record = 0; record < records; record++) {
    const label = bytes[record * recordBytes];
    if (label > 9) throw batchError(file, 'labels from 0 to 9', `${label} in record ${record}`);
  }
}

function batchError(file: string, expected: string, received: string): DatasetError {
  const fix = 'the file is damaged, or not the binary version of CIFAR-10: delete it and download it again';
  return new DatasetError({ code: 'BadFile', subject: `cifar-10 file ${file}`, expected, received, fix });
}
