import { describe, expect, it } from 'vitest';
import { parseCifar10 } from './cifar10.js';

/** One record: red, green and blue are the same everywhere but in the pixel of row 1, column 2. */
const record = (label: number) => {
  const bytes = new Uint8Array(3073).fill(51);
  bytes[0] = label;
  bytes.set([255], 1 + 34);
  bytes.set([0], 1 + 1024 + 34);
  bytes.set([102], 1 + 2048 + 34);
  return bytes;
};

describe('parseCifar10', () => {
  it('turns planes into channels-last pixels', () => {
    const { x, y, xShape, count } = parseCifar10([
      { bytes: record(3), file: 'a.bin' },
      { bytes: Uint8Array.from([...record(9), ...record(0)]), file: 'b.bin' },
    ]);
    expect([xShape, count, [...y]]).toEqual([[3, 32, 32, 3], 3, [3, 9, 0]]);
    expect([...x.subarray(0, 3)]).toEqual([0.2, 0.2, 0.2].map(Math.fround));
    const pixel = 2 * 3072 + 3 * (32 + 2);
    expect([...x.subarray(pixel, pixel + 3)]).toEqual([1, 0, 0.4].map(Math.fround));
  });

  it('rejects bytes that are no whole number of records', () => {
    const parse = (bytes: Uint8Array) => () => parseCifar10([{ bytes, file: 'data_batch_1.bin' }]);
    expect(parse(record(0).subarray(0, 3072))).toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: cifar-10 file data_batch_1.bin expected a whole number of records of 3073 bytes, got 3072 bytes: 0 records and 3072 bytes.

      Fix: the file is damaged, or not the binary version of CIFAR-10: delete it and download it again]
    `);
    expect(parse(new Uint8Array(3074))).toThrow('1 records and 1 bytes');
    expect(parse(new Uint8Array(0))).toThrow('0 bytes: 0 records');
  });

  it('rejects a label above 9', () => {
    const parse = () =>
      parseCifar10([{ bytes: Uint8Array.from([...record(9), ...record(10)]), file: 'test_batch.bin' }]);
    expect(parse).toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: cifar-10 file test_batch.bin expected labels from 0 to 9, got 10 in record 1.

      Fix: the file is damaged, or not the binary version of CIFAR-10: delete it and download it again]
    `);
  });
});
