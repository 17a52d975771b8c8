import { describe, expect, it } from 'vitest';
import { bytesField, floatField, message, packedField, varintField } from './wire.js';

describe('the wire format', () => {
  it('has the bytes of the examples in its documentation', () => {
    expect([...varintField(1, 150)]).toEqual([0x08, 0x96, 0x01]);
    expect([...bytesField(2, 'testing')]).toEqual([0x12, 0x07, ...Buffer.from('testing')]);
    expect([...bytesField(3, varintField(1, 150))]).toEqual([0x1a, 0x03, 0x08, 0x96, 0x01]);
    expect([...packedField(6, [3, 270, 86942])]).toEqual([0x32, 0x06, 0x03, 0x8e, 0x02, 0x9e, 0xa7, 0x05]);
  });

  it('writes -2 in ten bytes, truths as 0 and 1, floats little endian', () => {
    expect([...varintField(1, -2)]).toEqual([0x08, 0xfe, ...new Array(8).fill(0xff), 0x01]);
    expect([...varintField(1, true), ...varintField(1, false)]).toEqual([0x08, 1, 0x08, 0]);
    expect([...floatField(4, 1)]).toEqual([0x25, 0, 0, 0x80, 0x3f]);
    expect([...varintField(1, 2 ** 40)]).toEqual([0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20]);
  });

  it('joins fields, and nothing', () => {
    expect([...message()]).toEqual([]);
    expect([...message(varintField(1, 1), varintField(2, 2))]).toEqual([8, 1, 16, 2]);
  });
});
