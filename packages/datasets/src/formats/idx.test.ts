import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idxBytes } from '../testing/idxBytes.js';
import { parseIdx } from './idx.js';

const parse = (bytes: ArrayLike<number>) => () => parseIdx(Uint8Array.from(bytes), { file: 'a.idx' });

describe('parseIdx', () => {
  it('decodes the hand-made example', () => {
    const bytes = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 255];
    expect(parse(bytes)()).toEqual({ type: 'uint8', shape: [2, 3], data: Uint8Array.of(1, 2, 3, 4, 5, 255) });
  });

  it('decodes every element type, big-endian', () => {
    const decode = (type: number, bytes: number[]) => parse(idxBytes(type, [1], bytes))();
    expect(decode(0x09, [0xff])).toMatchObject({ type: 'int8', data: Int8Array.of(-1) });
    expect(decode(0x0b, [0x01, 0x02])).toMatchObject({ type: 'int16', data: Int16Array.of(258) });
    expect(decode(0x0c, [0xff, 0xff, 0xff, 0xfe])).toMatchObject({ type: 'int32', data: Int32Array.of(-2) });
    expect(decode(0x0d, [0x3f, 0xc0, 0, 0])).toMatchObject({ type: 'float32', data: Float32Array.of(1.5) });
    const bytes = [0xbf, 0xf8, 0, 0, 0, 0, 0, 0];
    expect(decode(0x0e, bytes)).toMatchObject({ type: 'float64', data: Float64Array.of(-1.5) });
  });

  it('decodes a view into a larger buffer', () => {
    const padded = Uint8Array.from([9, 9, ...idxBytes(0x0b, [2], [0, 1, 0, 2]), 9]);
    expect(parseIdx(padded.subarray(2, -1)).data).toEqual(Int16Array.of(1, 2));
  });

  it('round-trips any bytes of any shape, and rejects every truncation and every extra byte', () => {
    const shapes = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(shapes, fc.nat(), (shape, salt) => {
        const data = Uint8Array.from(
          { length: shape.reduce((a, b) => a * b, 1) },
          (_, i) => (i * 7 + salt) % 256,
        );
        const bytes = idxBytes(8, shape, data);
        expect(parse(bytes)()).toEqual({ type: 'uint8', shape, data });
        for (let length = 0; length < bytes.length; length++)
          expect(parse(bytes.subarray(0, length))).toThrow('idx file a.idx');
        expect(parse([...bytes, 0])).toThrow('idx file a.idx');
      }),
      { seed: 2, numRuns: 50 },
    );
  });

  it('rejects a bad magic number', () => {
    expect(parse([0x50, 0x4b, 3, 4])).toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: idx file a.idx expected a magic number that starts with 00 00, got 50 4b 03 04.

      Fix: check that this is an IDX file; if it should be, delete it and download it again]
    `);
    expect(parse([0, 0, 10, 1, 0, 0, 0, 0])).toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: idx file a.idx expected an element type among 08, 09, 0b, 0c, 0d, 0e, got magic number 00 00 0a 01.

      Fix: check that this is an IDX file; if it should be, delete it and download it again]
    `);
    expect(parse([0, 0, 8, 0])).toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: idx file a.idx expected at least one dimension, got magic number 00 00 08 00.

      Fix: check that this is an IDX file; if it should be, delete it and download it again]
    `);
  });

  it('rejects compressed bytes with the remedy', () => {
    expect(parse([0x1f, 0x8b, 8, 0])).toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: idx file a.idx expected uncompressed bytes, got gzip.

      Fix: gunzip it first; readIdxFile of '@polyneuron/datasets/node' does]
    `);
  });

  it('rejects a header cut short', () => {
    expect(parse([])).toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: idx file a.idx expected at least 4 bytes, got 0.

      Fix: check that this is an IDX file; if it should be, delete it and download it again]
    `);
    expect(parse([0, 0, 8, 3, 0, 0, 0, 1])).toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: idx file a.idx expected a header of 16 bytes for 3 dimensions, got 8 bytes.

      Fix: check that this is an IDX file; if it should be, delete it and download it again]
    `);
  });

  it('rejects data cut short and bytes after the data', () => {
    expect(parse(idxBytes(0x0d, [2, 2], [0, 0, 0, 0]))).toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: idx file a.idx expected 28 bytes, got 16.

        shape    [2, 2] float32
        header   12 bytes
        data     16 bytes

      Fix: the file is cut short: delete it and download it again]
    `);
    expect(parse(idxBytes(8, [2], [1, 2, 3]))).toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: idx file a.idx expected 10 bytes, got 11.

        shape    [2] uint8
        header   8 bytes
        data     2 bytes

      Fix: bytes follow the data: the file is damaged, or its dimensions are wrong; delete it and download it again]
    `);
  });

  it('rejects dimensions whose product is absurd without allocating it', () => {
    expect(parse(idxBytes(8, [0xffffffff, 0xffffffff, 0xffffffff], [1]))).toThrow('got 17.');
  });
});
