/** Stable cause of a {@link DatasetError}; the text of the message is not stable, this is. */
export type DatasetErrorCode =
  | 'UnknownDataset'
  | 'BadOption'
  | 'BadFile'
  | 'MissingFiles'
  | 'DownloadFailed'
  | 'ChecksumMismatch';

/** Fields of an error's message in the house form: first line complete on its own, then operands, then the fix. */
export interface DatasetErrorFields {
  readonly code: DatasetErrorCode;
  readonly subject: string;
  readonly expected: string;
  readonly received: string;
  /** Named operands, one line each. */
  readonly details?: Readonly<Record<string, string>>;
  readonly fix: string;
  /** The lower-level error behind this one, if any. */
  readonly cause?: unknown;
}

/**
 * The one error that this package throws on purpose. Only an aborted `signal` throws something else: its own reason.
 * The form is that of `PolyneuronError` in `@polyneuron/graph`, repeated here because this package imports no other.
 */
export class DatasetError extends Error {
  readonly code: DatasetErrorCode;
  readonly subject: string;
  readonly expected: string;
  readonly received: string;
  readonly fix: string;

  constructor(fields: DatasetErrorFields) {
    super(formatMessage(fields), fields.cause === undefined ? undefined : { cause: fields.cause });
    this.name = 'DatasetError';
    this.code = fields.code;
    this.subject = fields.subject;
    this.expected = fields.expected;
    this.received = fields.received;
    this.fix = fields.fix;
  }
}

function formatMessage({ subject, expected, received, details = {}, fix }: DatasetErrorFields): string {
  const names = Object.keys(details);
  const width = Math.max(0, ...names.map((name) => name.length));
  const lines = [`${subject} expected ${expected}, got ${received}.`];
  if (names.length > 0) lines.push('', ...names.map((name) => `  ${name.padEnd(width)}   ${details[name]}`));
  lines.push('', `Fix: ${fix}`);
  return lines.join('\n');
}
