/** Fields of an error's message in the house form: first line complete on its own, then operands, then the fix. */
export interface ErrorFields {
  readonly subject: string;
  readonly expected: string;
  readonly received: string;
  /** Named operands, one line each. */
  readonly details?: Readonly<Record<string, string>>;
  readonly fix?: string;
  /** Where in the user's objects: `model > layer > op`. */
  readonly at?: string;
}

/**
 * Base of every error that Polyneuron throws on purpose. `code` is stable, and so are the fields; the text is not.
 */
export class PolyneuronError extends Error {
  readonly code: string;
  readonly subject: string;
  readonly expected: string;
  readonly received: string;
  readonly fix: string | undefined;

  constructor(code: string, fields: ErrorFields) {
    super(formatError(fields));
    this.name = code;
    this.code = code;
    this.subject = fields.subject;
    this.expected = fields.expected;
    this.received = fields.received;
    this.fix = fields.fix;
  }
}

function formatError({ subject, expected, received, details, fix, at }: ErrorFields): string {
  const names = Object.keys(details ?? {});
  const width = Math.max(0, ...names.map((name) => name.length));
  const lines = [`${subject} expected ${expected}, got ${received}.`];
  if (names.length > 0)
    lines.push('', ...names.map((name) => `  ${name.padEnd(width)}   ${details?.[name]}`));
  if (fix || at) lines.push('');
  if (fix) lines.push(`Fix: ${fix}`);
  if (at) lines.push(`At:  ${at}`);
  return lines.join('\n');
}

/** Shapes that do not fit each other or the op. */
export class ShapeError extends PolyneuronError {
  constructor(fields: ErrorFields) {
    super('ShapeError', fields);
  }
}

/** A dtype that an op does not take. */
export class DTypeError extends PolyneuronError {
  constructor(fields: ErrorFields) {
    super('DTypeError', fields);
  }
}

/** A malformed program or attribute. */
export class ProgramError extends PolyneuronError {
  constructor(fields: ErrorFields) {
    super('ProgramError', fields);
  }
}

/** A value outside what an operation takes: a bad index, a bad option. */
export class ValueError extends PolyneuronError {
  constructor(fields: ErrorFields) {
    super('ValueError', fields);
  }
}

/** A mistake of ours, never of the caller. */
export class InternalError extends Error {
  constructor(message: string) {
    super(`internal: ${message}\n\nPlease report this at https://github.com/polyneuron/polyneuron/issues`);
    this.name = 'InternalError';
  }
}
