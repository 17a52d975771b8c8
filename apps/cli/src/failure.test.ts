import { BackendUnavailableError } from '@polyneuron/backend';
import { DatasetError, type DatasetErrorCode } from '@polyneuron/datasets';
import { ShapeError } from '@polyneuron/graph';
import { NonFiniteLossError } from '@polyneuron/trainer';
import { describe, expect, it } from 'vitest';
import { DataError, OutputError, UsageError } from './errors.js';
import { exitCodeOf, formatFailure } from './failure.js';

const fields = { subject: 'it', expected: 'this', received: 'that', fix: 'change it' };
const datasetError = (code: DatasetErrorCode) => new DatasetError({ ...fields, code });

describe('exitCodeOf', () => {
  it.each([
    [new UsageError(fields), 2],
    [new ShapeError(fields), 2],
    [datasetError('UnknownDataset'), 2],
    [datasetError('BadOption'), 2],
    [new BackendUnavailableError({ backend: 'cuda', reason: 'no device', remedy: 'buy one' }), 3],
    [datasetError('BadFile'), 4],
    [datasetError('MissingFiles'), 4],
    [datasetError('ChecksumMismatch'), 4],
    [datasetError('DownloadFailed'), 4],
    [new DataError(fields), 4],
    [new OutputError(fields), 1],
    [new NonFiniteLossError({ received: 'a loss of NaN', epoch: 0, step: 3, weights: 'the first' }), 1],
    [new TypeError('x is undefined'), 1],
    ['thrown text', 1],
  ])('gives %s the code %i', (failure, code) => expect(exitCodeOf(failure)).toBe(code));
});

describe('formatFailure', () => {
  it('is the house form without a stack', () => {
    expect(formatFailure(new UsageError(fields), false)).toBe(
      'UsageError: it expected this, got that.\n\nFix: change it',
    );
  });

  it('has the stack where it was asked for', () => {
    expect(formatFailure(new UsageError(fields), true)).toMatch(/^UsageError: it expected[\s\S]*\n {4}at /);
  });

  it('calls what it does not know internal', () => {
    expect(formatFailure(new TypeError('x is undefined'), false)).toMatchInlineSnapshot(`
      "internal: x is undefined

      Fix: run again with --debug for the stack, and report it"
    `);
  });
});
