import { DatasetError } from '../errors.js';

/** Element types by the third byte of the magic number, as the MNIST page defines them. */
const elementTypes = {
  8: { type: 'uint8', bytes: 1 },
  9: { type: 'int8', bytes: 1 },
  11: { type: 'int16', bytes: 2 },
  12: { type: 'int32', bytes: 4 },
  13: { type: 'float32', bytes: 4 },
  14: { type: 'float64', bytes: 8 },
} as const;

export type IdxType = (typeof elementTypes)[keyof typeof elementTypes]['type'];
export type IdxData = Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;

/** A decoded IDX file: `data` in row-major order, in the machine's own byte order. */
export interface IdxArray {
  readonly type: IdxType;
  readonly shape: number[];
  readonly data: IdxData;
}

/**
 * Decodes an IDX file, the format of MNIST and its kin.
 *
 * Layout   bytes 0 0, element type, number of dimensions; each dimension as a big-endian uint32; the elements,
 *          big-endian, row by row, and nothing after them
 * Throws   DatasetError (BadFile) naming `file`: compressed bytes, bad magic number, unknown type, no dimension, header
 *          cut short, data shorter or longer than the dimensions say
 * Source   LeCun, Cortes and Burges, The MNIST Database, section File Formats
 *
 * @example
 * parseIdx(new Uint8Array([0, 0, 8, 1, 0, 0, 0, 2, 7, 9])).shape // => [2]
 */
export function parseIdx(bytes: Uint8Array, { file = 'idx bytes' }: { file?: string } = {}): IdxArray {
  const { type, elementBytes, shape, headerBytes } = parseHeader(bytes, file);
  const count = shape.reduce((product, n) => product * n, 1);
  const expected = headerBytes + count * elementBytes;
  if (bytes.length !== expected) {
    const isShort = bytes.length < expected;
    throw new DatasetError({
      code: 'BadFile',
      subject: `idx file ${file}`,
      expected: `${expected} bytes`,
      received: `${bytes.length}`,
      details: {
        shape: `[${shape.join(', ')}] ${type}`,
        header: `${headerBytes} bytes`,
        data: `${count * elementBytes} bytes`,
      },
      fix: isShort
        ? 'the file is cut short: delete it and download it again'
        : 'bytes follow the data: the file is damaged, or its dimensions are wrong; delete it and download it again',
    });
  }
  return { type, shape, data: readElements(bytes, headerBytes, type, count) };
}

function parseHeader(bytes: Uint8Array, file: string) {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    throw headerError(
      file,
      'uncompressed bytes',
      'gzip',
      "gunzip it first; readIdxFile of '@polyneuron/datasets/node' does",
    );
  }
  if (bytes.length < 4) throw headerError(file, 'at least 4 bytes', `${bytes.length}`);
  const magic = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  if (bytes[0] !== 0 || bytes[1] !== 0)
    throw headerError(file, 'a magic number that starts with 00 00', magic);
  const element = elementTypes[bytes[2] as keyof typeof elementTypes];
  if (!element)
    throw headerError(file, 'an element type among 08, 09, 0b, 0c, 0d, 0e', `magic number ${magic}`);
  const rank = bytes[3];
  if (rank === 0) throw headerError(file, 'at least one dimension', `magic number ${magic}`);
  const headerBytes = 4 + 4 * rank;
  if (bytes.length < headerBytes) {
    throw headerError(
      file,
      `a header of ${headerBytes} bytes for ${rank} dimensions`,
      `${bytes.length} bytes`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: rank }, (_, d) => view.getUint32(4 + 4 * d));
  return { type: element.type, elementBytes: element.bytes, shape, headerBytes };
}

function readElements(bytes: Uint8Array, offset: number, type: IdxType, count: number): IdxData {
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, bytes.byteLength - offset);
  switch (type) {
    case 'uint8':
      return bytes.slice(offset);
    case 'int8':
      return new Int8Array(bytes.slice(offset).buffer);
    case 'int16':
      return Int16Array.from({ length: count }, (_, i) => view.getInt16(2 * i));
    case 'int32':
      return Int32Array.from({ length: count }, (_, i) => view.getInt32(4 * i));
    case 'float32':
      return Float32Array.from({ length: count }, (_, i) => view.getFloat32(4 * i));
    case 'float64':
      return Float64Array.from({ length: count }, (_, i) => view.getFloat64(8 * i));
  }
}

function headerError(file: string, expected: string, received: string, fix?: string): DatasetError {
  return new DatasetError({
    code: 'BadFile',
    subject: `idx file ${file}`,
    expected,
    received,
    fix: fix ?? 'check that this is an IDX file; if it should be, delete it and download it again',
  });
}
