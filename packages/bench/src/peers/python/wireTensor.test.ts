import { expect, it } from 'vitest';
import { decodeFloats, encodeTensor } from './wireTensor.js';

it('writes little-endian elements, of views too', () => {
  const { shape, data } = encodeTensor(Float32Array.of(9, 1, -2).subarray(1), [2]);
  expect(shape).toEqual([2]);
  // 1 is 00 00 80 3f and -2 is 00 00 00 c0
  expect(Buffer.from(data, 'base64').toString('hex')).toBe('0000803f000000c0');
});

it('reads what it wrote', () => {
  const values = Float32Array.of(0.1, -0, 3e38, Number.NaN);
  expect(decodeFloats(encodeTensor(values, [4]).data)).toEqual(values);
  expect(decodeFloats('')).toHaveLength(0);
});
