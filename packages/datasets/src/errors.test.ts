import { describe, expect, it } from 'vitest';
import { DatasetError } from './errors.js';

describe('DatasetError', () => {
  const cause = new Error('below');
  const error = new DatasetError({
    code: 'BadFile',
    subject: 'idx file a.idx',
    expected: '16 bytes',
    received: '12',
    details: { shape: '[2, 2] float32', header: '12 bytes' },
    fix: 'download it again',
    cause,
  });

  it('prints the expectation, the operands and the fix', () => {
    expect(error.message).toMatchInlineSnapshot(`
      "idx file a.idx expected 16 bytes, got 12.

        shape    [2, 2] float32
        header   12 bytes

      Fix: download it again"
    `);
  });

  it('carries the fields', () => {
    expect(error).toMatchObject({ name: 'DatasetError', code: 'BadFile', subject: 'idx file a.idx', cause });
    expect(error).toMatchObject({ expected: '16 bytes', received: '12', fix: 'download it again' });
    expect(error).toBeInstanceOf(Error);
  });
});
